import { tabulate } from '../../../num/tabulate.ts'
import type { Cell } from '../cells/cell.ts'
import type { Pool } from './pool.ts'

/** The median of the awake members, and who makes it. */
export function medianPool({ x }: Cell, order: readonly number[]): Pool {
  const shares = tabulate(x.length, () => 0)
  const [low, high] = middles(order)
  shares[low] = (shares[low] ?? 0) + 0.5
  shares[high] = (shares[high] ?? 0) + 0.5
  return { value: ((x[low] ?? 0) + (x[high] ?? 0)) / 2, shares }
}

/** The median without each member in turn, by rank. */
export function medianWithoutEach({ x, awake }: Cell, order: readonly number[]): readonly number[] {
  const n = order.length
  const [low, high] = middles(order)
  const value = ((x[low] ?? 0) + (x[high] ?? 0)) / 2
  const at = (rank: number): number => x[order[rank] ?? 0] ?? 0
  const without = tabulate(x.length, () => value)
  for (let rank = 0; rank < n; rank += 1) {
    const j = order[rank] ?? 0
    if (!awake[j] || n < 2) continue
    const skip = (k: number): number => at(k >= rank ? k + 1 : k)
    without[j] = (skip(Math.floor((n - 2) / 2)) + skip(Math.floor((n - 1) / 2))) / 2
  }
  return without
}

function middles(order: readonly number[]): readonly [number, number] {
  const n = order.length
  return [order[Math.floor((n - 1) / 2)] ?? 0, order[Math.floor(n / 2)] ?? 0]
}
