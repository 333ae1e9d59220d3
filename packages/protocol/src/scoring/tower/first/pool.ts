import type { Cell } from '../cells/cell.ts'

/** A value made of the members: shares sum to 1 over those awake and are 0 elsewhere. */
export type Pool = { readonly value: number; readonly shares: readonly number[] }

const NOTHING = 1e-300

/** Σ w·x over the awake members with their weights (≥ 0) made to sum to 1; equal shares where all weights are 0. */
export function poolByWeights(weights: readonly number[], { x, awake, count }: Cell): Pool {
  let total = 0
  for (let j = 0; j < x.length; j += 1) if (awake[j]) total += weights[j] ?? 0
  const shares = awake.map((is, j) => (is ? (total > NOTHING ? (weights[j] ?? 0) / total : 1 / count) : 0))
  let value = 0
  for (let j = 0; j < x.length; j += 1) value += (shares[j] ?? 0) * (x[j] ?? 0)
  return { value, shares }
}

/**
 * The pool's value without each member in turn, its share spread over the others; the mean of the others where they
 * have no share. By sums from both ends, so that it is linear and nothing cancels. A member asleep changes nothing.
 */
export function poolWithoutEach({ value, shares }: Pool, { x, awake, count }: Cell): readonly number[] {
  const n = x.length
  const after: { share: number; value: number; x: number }[] = Array.from({ length: n + 1 })
  let tail = { share: 0, value: 0, x: 0 }
  for (let j = n - 1; j >= 0; j -= 1) {
    after[j + 1] = tail
    const share = shares[j] ?? 0
    const own = awake[j] ? (x[j] ?? 0) : 0
    tail = { share: tail.share + share, value: tail.value + share * own, x: tail.x + own }
  }
  let head = { share: 0, value: 0, x: 0 }
  return x.map((own, j) => {
    if (!awake[j]) return value
    const rest = after[j + 1] ?? tail
    const share = head.share + rest.share
    const others = (head.x + rest.x) / Math.max(1, count - 1)
    const without = share > 1e-12 ? (head.value + rest.value) / share : others
    const mine = shares[j] ?? 0
    head = { share: head.share + mine, value: head.value + mine * own, x: head.x + own }
    return without
  })
}
