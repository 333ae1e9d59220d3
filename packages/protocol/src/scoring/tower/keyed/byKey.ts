import { tabulate } from '../../../num/tabulate.ts'
import type { LearntCell } from '../cells/cell.ts'
import type { PointLoss } from '../cells/pointLoss.ts'
import type { ByKeyState, PerMember } from '../towerTypes.ts'
import { alignRecent, learnRecent } from './recent.ts'

/** Keys that records are kept for: two numbers a member each. */
const MOST = 24
const MEMORY = 0.98
/** Lessons that the record over all keys counts for beside a key's own. */
const PRIOR = 10
const FLOOR = 0.02

/** Nothing known. */
export function newByKey(): ByKeyState {
  return { common: { losses: [], counts: [] }, keys: [], own: [] }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignByKey({ common, keys, own }: ByKeyState, from: readonly number[]): ByKeyState {
  return { common: alignRecent(common, from), keys, own: own.map((one) => alignRecent(one, from)) }
}

/**
 * Weights for a key: 1/(loss + floor)² of the mean of the key's own discounted losses and ten of the common ones. The
 * unknown have the mean of the known.
 */
export function byKeyWeights({ common, keys, own }: ByKeyState, key: string): PerMember {
  const n = common.losses.length
  let known = 0
  let sum = 0
  const means = tabulate(n, (j) => {
    const count = common.counts[j] ?? 0
    if (!(count > 0)) return 0
    const mean = (common.losses[j] ?? 0) / count
    known += 1
    sum += mean
    return mean
  })
  if (known === 0) return tabulate(n, () => 1)
  const unknown = sum / known
  const record = own[keys.indexOf(key)]
  let total = 0
  let best = Number.POSITIVE_INFINITY
  const losses = tabulate(n, (j) => {
    const mean = (common.counts[j] ?? 0) > 0 ? (means[j] ?? 0) : unknown
    const loss = ((record?.losses[j] ?? 0) + PRIOR * mean) / ((record?.counts[j] ?? 0) + PRIOR)
    total += loss
    best = Math.min(best, loss)
    return loss
  })
  const floor = (FLOOR * total) / n + 1e-300
  const least = best + floor
  return tabulate(n, (j) => {
    const ratio = least / ((losses[j] ?? 0) + floor)
    return ratio * ratio
  })
}

/**
 * The common record learns once, with the members' mean losses over the cells; each key's with the losses of its own
 * cells, one after another.
 */
export function learnByKey(
  state: ByKeyState,
  loss: PointLoss,
  cells: readonly LearntCell[],
  means: readonly (number | null)[],
): ByKeyState {
  const lossOf = ({ truth, scale, tau }: LearntCell, x: number): number => loss.value(x, truth, scale, tau)
  const keys = [...state.keys]
  const own = [...state.own]
  for (const cell of cells) {
    let place = keys.indexOf(cell.key)
    if (place < 0 && keys.length >= MOST) continue
    if (place < 0) {
      place = keys.length
      keys.push(cell.key)
      own.push({ losses: tabulate(cell.x.length, () => 0), counts: tabulate(cell.x.length, () => 0) })
    }
    const losses = cell.x.map((x, j) => (cell.awake[j] ? lossOf(cell, x) : null))
    own[place] = learnRecent(own[place] ?? state.common, losses, MEMORY)
  }
  return { common: learnRecent(state.common, means, MEMORY), keys, own }
}
