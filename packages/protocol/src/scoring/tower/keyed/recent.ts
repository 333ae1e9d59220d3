import { median } from '../../../num/median.ts'
import { tabulate } from '../../../num/tabulate.ts'
import { pick } from '../cells/pick.ts'
import type { PerMember, RecentState } from '../towerTypes.ts'

/** What is added to every mean loss, in mean losses: nobody is perfect. */
const FLOOR = 0.02

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignRecent({ losses, counts }: RecentState, from: readonly number[]): RecentState {
  return { losses: pick(losses, from), counts: pick(counts, from) }
}

/** Weights 1/(loss + floor)² by the discounted mean loss, the largest 1; the unknown weigh as the median of the known. */
export function recentWeights({ losses, counts }: RecentState): PerMember {
  const n = losses.length
  const known: number[] = []
  let total = 0
  let best = Number.POSITIVE_INFINITY
  for (let j = 0; j < n; j += 1) {
    if (!((counts[j] ?? 0) > 0)) continue
    const loss = (losses[j] ?? 0) / (counts[j] ?? 1)
    known.push(loss)
    total += loss
    best = Math.min(best, loss)
  }
  if (known.length === 0) return tabulate(n, () => 1)
  const floor = (FLOOR * total) / known.length + 1e-300
  const least = best + floor
  const weigh = (loss: number): number => (least / (loss + floor)) * (least / (loss + floor))
  const middle = known.length < n ? median(tabulate(known.length, (k) => weigh(known[k] ?? 0))) : 0
  return tabulate(n, (j) => ((counts[j] ?? 0) > 0 ? weigh((losses[j] ?? 0) / (counts[j] ?? 1)) : middle))
}

/** Adds mean losses (null = asleep) to what is forgotten by the factor. Who sleeps forgets nothing. */
export function learnRecent(state: RecentState, losses: readonly (number | null)[], factor: number): RecentState {
  const add = (before: number, j: number, one: number): number =>
    (losses[j] ?? null) === null ? before : factor * before + one
  return {
    losses: tabulate(state.losses.length, (j) => add(state.losses[j] ?? 0, j, losses[j] ?? 0)),
    counts: tabulate(state.counts.length, (j) => add(state.counts[j] ?? 0, j, 1)),
  }
}
