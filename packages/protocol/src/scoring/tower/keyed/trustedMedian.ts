import { tabulate } from '../../../num/tabulate.ts'
import type { Cell } from '../cells/cell.ts'
import type { Pool } from '../first/pool.ts'

/** Weights below this in sum say nothing: everybody counts the same. */
const NOTHING = 1e-12

/** Sums of the weights along an ascending order: before the first, after it, after the second … */
function runningOf({ awake }: Cell, trust: readonly number[], order: readonly number[]): readonly number[] {
  let total = 0
  for (let j = 0; j < awake.length; j += 1) if (awake[j]) total += trust[j] ?? 0
  let sum = 0
  return tabulate(order.length + 1, (k) => {
    if (k > 0) sum += total > NOTHING ? (trust[order[k - 1] ?? 0] ?? 0) : 1
    return sum
  })
}

/** The smallest value at which the trust of the awake members reaches half of its sum, and who says it. */
export function trustedMedianPool(cell: Cell, trust: readonly number[], order: readonly number[]): Pool {
  const running = runningOf(cell, trust, order)
  const half = (running.at(-1) ?? 0) / 2
  let rank = 0
  while (rank < order.length - 1 && !((running[rank + 1] ?? 0) >= half)) rank += 1
  const at = order[rank] ?? 0
  return { value: cell.x[at] ?? 0, shares: tabulate(cell.x.length, (j) => (j === at ? 1 : 0)) }
}

/** The same without each member in turn, by bisection of the sums. */
export function trustedMedianWithoutEach(
  cell: Cell,
  trust: readonly number[],
  order: readonly number[],
): readonly number[] {
  const running = runningOf(cell, trust, order)
  const total = running.at(-1) ?? 0
  const { value } = trustedMedianPool(cell, trust, order)
  const without = tabulate(cell.x.length, () => value)
  if (order.length < 2) return without
  for (let out = 0; out < order.length; out += 1) {
    const j = order[out] ?? 0
    const own = (running[out + 1] ?? 0) - (running[out] ?? 0)
    const half = (total - own) / 2
    let low = 0
    let high = order.length - 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const sum = (running[middle + 1] ?? 0) - (middle >= out ? own : 0)
      if (sum >= half) high = middle
      else low = middle + 1
    }
    if (low === out) low = out + 1 < order.length ? out + 1 : out - 1
    without[j] = cell.x[order[low] ?? 0] ?? 0
  }
  return without
}
