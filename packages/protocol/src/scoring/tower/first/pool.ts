import type { Cell } from '../cells/cell.ts'

/** A value made of the members: shares sum to 1 over those awake and are 0 elsewhere. */
export type Pool = { readonly value: number; readonly shares: readonly number[] }

const NOTHING = 1e-300

/** Σ w·x over the awake members with their weights (≥ 0) made to sum to 1; equal shares where all weights are 0. */
export function poolByWeights(weights: readonly number[], { x, awake, count }: Cell): Pool {
  let total = 0
  for (let j = 0; j < x.length; j += 1) if (awake[j]) total += weights[j] ?? 0
  const equal = 1 / count
  let value = 0
  const shares: number[] = []
  for (let j = 0; j < x.length; j += 1) {
    const share = awake[j] ? (total > NOTHING ? (weights[j] ?? 0) / total : equal) : 0
    value += share * (x[j] ?? 0)
    shares.push(share)
  }
  return { value, shares }
}

/**
 * The pool's value without each member in turn, its share spread over the others; the mean of the others where they
 * have no share. By sums from both ends, so that it is linear and nothing cancels. A member asleep changes nothing.
 */
export function poolWithoutEach({ value, shares }: Pool, { x, awake, count }: Cell): readonly number[] {
  const n = x.length
  const others = Math.max(1, count - 1)
  // Sums over the members after j stand at place n − 1 − j.
  const [shareAfter, valueAfter, xAfter]: [number[], number[], number[]] = [[], [], []]
  let share = 0
  let sum = 0
  let total = 0
  for (let j = n - 1; j >= 0; j -= 1) {
    shareAfter.push(share)
    valueAfter.push(sum)
    xAfter.push(total)
    const own = awake[j] ? (x[j] ?? 0) : 0
    const mine = shares[j] ?? 0
    share += mine
    sum += mine * own
    total += own
  }
  share = 0
  sum = 0
  total = 0
  const without: number[] = []
  for (let j = 0; j < n; j += 1) {
    if (!awake[j]) {
      without.push(value)
      continue
    }
    const after = n - 1 - j
    const left = share + (shareAfter[after] ?? 0)
    const mean = (total + (xAfter[after] ?? 0)) / others
    without.push(left > 1e-12 ? (sum + (valueAfter[after] ?? 0)) / left : mean)
    const own = x[j] ?? 0
    const mine = shares[j] ?? 0
    share += mine
    sum += mine * own
    total += own
  }
  return without
}
