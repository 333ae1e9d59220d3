import { exp } from '../../../num/exp.ts'
import { median } from '../../../num/median.ts'
import { quantile } from '../../../num/quantile.ts'
import { tabulate } from '../../../num/tabulate.ts'
import type { Cell, LearntCell } from '../cells/cell.ts'
import { pick } from '../cells/pick.ts'
import { orderOf } from '../first/order.ts'
import type { GuardState, PerMember } from '../towerTypes.ts'

/** Half width of what is believed, in spreads. */
export const WIDTH = 15
/** Lessons before which the anchor itself is the answer. */
export const UNTRIED = 5
const UNKNOWN = -1

/** Nothing known; a spread of −1 = none yet. */
export function newGuard(): GuardState {
  return { records: [], spread: UNKNOWN, lessons: 0 }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignGuard(state: GuardState, from: readonly number[]): GuardState {
  return { ...state, records: pick(state.records, from, UNKNOWN) }
}

/** e^(−3·min(10, (record − best)/median)); newcomers count as the upper quartile of the known. */
export function trustOf({ records }: GuardState): PerMember {
  const known = records.filter((record) => record >= 0)
  if (known.length === 0) return tabulate(records.length, () => 1)
  const middle = Math.max(median(known), 1e-9)
  const least = known.reduce((a, b) => Math.min(a, b))
  const newcomer = quantile(known, 0.75)
  return tabulate(records.length, (j) => {
    const record = records[j] ?? UNKNOWN
    return exp(-3 * Math.max(0, Math.min(10, ((record >= 0 ? record : newcomer) - least) / middle)))
  })
}

/** Smallest value at which the cumulative weight reaches half of the total, over an ascending order. */
export function weightedMedian(x: readonly number[], weights: readonly number[], order: readonly number[]): number {
  let total = 0
  for (const j of order) total += weights[j] ?? 0
  let running = 0
  for (const j of order) {
    running += weights[j] ?? 0
    if ((weights[j] ?? 0) > 0 && running >= 0.5 * total - 1e-12) return x[j] ?? 0
  }
  return x[order.at(-1) ?? 0] ?? 0
}

/** Where the trusted members stand, and how far from there anybody is believed. */
export type Anchor = { readonly anchor: number; readonly bound: number }

/**
 * Anchor = trust-weighted median, half width = 15 × the larger of the members' spread and the anchor's usual error.
 * `order` is that of the cell.
 */
export function anchorOf(state: GuardState, trust: PerMember, cell: Cell, order: readonly number[]): Anchor {
  const { x, awake } = cell
  let total = 0
  for (let j = 0; j < x.length; j += 1) if (awake[j]) total += trust[j] ?? 0
  const weights = tabulate(x.length, (j) => (awake[j] ? (total > 1e-12 ? (trust[j] ?? 0) : 1) : 0))
  const anchor = weightedMedian(x, weights, order)
  const spread = x.length > 2 ? spreadAround(anchor, cell, weights) : 0
  const width = WIDTH * Math.max(spread, state.spread === UNKNOWN ? spread : state.spread)
  return { anchor, bound: width > 0 ? width : Math.abs(anchor) * 0.5 + 1e-9 }
}

/** Weighted median of the distances from the anchor. */
function spreadAround(anchor: number, cell: Cell, weights: readonly number[]): number {
  const x = tabulate(cell.x.length, (j) => Math.abs((cell.x[j] ?? 0) - anchor))
  return weightedMedian(x, weights, orderOf({ x, awake: cell.awake }))
}

function averageError(before: number, error: number): number {
  return before === UNKNOWN ? error : 0.95 * before + 0.05 * Math.min(error, 4 * before + 1e-12)
}

/** The cell with every awake member held to anchor ± bound; the same cell where nobody is outside. */
export function clipCell<C extends Cell>(cell: C, { anchor, bound }: Anchor): C {
  const { x, awake } = cell
  const low = anchor - bound
  const high = anchor + bound
  let outside = false
  const clipped = tabulate(x.length, (j) => {
    const value = x[j] ?? 0
    const kept = awake[j] ? Math.max(low, Math.min(high, value)) : 0
    if (!Object.is(kept, value)) outside = true
    return kept
  })
  return outside ? { ...cell, x: clipped } : cell
}

/**
 * The anchor's error is averaged, then each member's error in units of it, both bounded. Cells are those before clipping.
 * `passesExact`: an error of exactly 0 is none of them, as where numbers are whole or mostly 0 it says nothing of how large errors are.
 */
export function learnGuard(state: GuardState, cells: readonly LearntCell[], passesExact: boolean): GuardState {
  const error = median(cells.map(({ anchor, truth }) => Math.abs(anchor - truth)))
  const spread = error === 0 && passesExact ? state.spread : averageError(state.spread, error)
  const unit = Math.max(spread, 1e-12)
  const records = tabulate(state.records.length, (j) => {
    const record = state.records[j] ?? UNKNOWN
    let total = 0
    let count = 0
    for (const { x, awake, truth } of cells) {
      if (!awake[j]) continue
      total += Math.min(Math.abs((x[j] ?? 0) - truth) / unit, 8)
      count += 1
    }
    if (count === 0) return record
    return record < 0 ? total / count : 0.9 * record + 0.1 * (total / count)
  })
  return { records, spread, lessons: state.lessons + 1 }
}
