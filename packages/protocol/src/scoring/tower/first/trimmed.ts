import { tabulate } from '../../../num/tabulate.ts'
import type { Cell } from '../cells/cell.ts'
import type { Pool } from './pool.ts'

/** What the reference cuts off at both ends. */
export const FIFTH = 0.2
/** What leaves the middle fifth. */
export const TWO_FIFTHS = 0.4

/** The mean of what is left when a part of the awake members, rounded down, is cut off at both ends. */
export function trimmedPool({ x }: Cell, order: readonly number[], part: number): Pool {
  const cut = Math.floor(order.length * part)
  const kept = order.slice(cut, order.length - cut)
  const shares = tabulate(x.length, () => 0)
  let total = 0
  for (const j of kept) {
    shares[j] = 1 / kept.length
    total += x[j] ?? 0
  }
  return { value: total / kept.length, shares }
}

/** The trimmed mean without each member in turn, by sums over the ranks. */
export function trimmedWithoutEach(cell: Cell, order: readonly number[], part: number): readonly number[] {
  const { x } = cell
  const n = order.length
  const { value } = trimmedPool(cell, order, part)
  const without = tabulate(x.length, () => value)
  if (n < 2) return without
  const upTo = [0]
  for (const j of order) upTo.push((upTo.at(-1) ?? 0) + (x[j] ?? 0))
  const between = (from: number, to: number): number => (upTo[to] ?? 0) - (upTo[from] ?? 0)
  const cut = Math.floor((n - 1) * part)
  const kept = n - 1 - 2 * cut
  for (const [rank, j] of order.entries()) {
    const from = rank < cut ? cut + 1 : cut
    const to = rank < n - cut ? n - cut : n - 1 - cut
    const inside = rank >= from && rank < to ? (x[j] ?? 0) : 0
    without[j] = (between(from, to) - inside) / kept
  }
  return without
}
