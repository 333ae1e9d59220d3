import type { LearntCell } from '../cells/cell.ts'
import type { PointLoss } from '../cells/pointLoss.ts'
import { memberLosses } from '../first/regretRule.ts'
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
  const means = common.losses.map((loss, j) => ((common.counts[j] ?? 0) > 0 ? loss / (common.counts[j] ?? 1) : null))
  const known = means.filter((mean) => mean !== null)
  if (known.length === 0) return means.map(() => 1)
  const unknown = known.reduce((a, b) => a + b, 0) / known.length
  const record = own[keys.indexOf(key)]
  const losses = means.map(
    (mean, j) => ((record?.losses[j] ?? 0) + PRIOR * (mean ?? unknown)) / ((record?.counts[j] ?? 0) + PRIOR),
  )
  const floor = (FLOOR * losses.reduce((a, b) => a + b, 0)) / losses.length + 1e-300
  const least = losses.reduce((a, b) => Math.min(a, b)) + floor
  return losses.map((loss) => (least / (loss + floor)) * (least / (loss + floor)))
}

/** The common record learns once, with the cells' mean losses; each key's with the losses of its own cells, one after another. */
export function learnByKey(state: ByKeyState, loss: PointLoss, cells: readonly LearntCell[]): ByKeyState {
  const lossOf = ({ truth, scale, tau }: LearntCell, x: number): number => loss.value(x, truth, scale, tau)
  const keys = [...state.keys]
  const own = [...state.own]
  for (const cell of cells) {
    let place = keys.indexOf(cell.key)
    if (place < 0 && keys.length >= MOST) continue
    if (place < 0) {
      place = keys.length
      keys.push(cell.key)
      own.push({ losses: cell.x.map(() => 0), counts: cell.x.map(() => 0) })
    }
    const losses = cell.x.map((x, j) => (cell.awake[j] ? lossOf(cell, x) : null))
    own[place] = learnRecent(own[place] ?? state.common, losses, MEMORY)
  }
  return { common: learnRecent(state.common, memberLosses(cells, lossOf), MEMORY), keys, own }
}
