import { median } from '../../../num/median.ts'
import type { PerMember, RecentState } from '../towerTypes.ts'

/** What is added to every mean loss, in mean losses: nobody is perfect. */
const FLOOR = 0.02

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignRecent({ losses, counts }: RecentState, from: readonly number[]): RecentState {
  return { losses: from.map((i) => losses[i] ?? 0), counts: from.map((i) => counts[i] ?? 0) }
}

/** Weights 1/(loss + floor)² by the discounted mean loss, the largest 1; the unknown weigh as the median of the known. */
export function recentWeights({ losses, counts }: RecentState): PerMember {
  const known = losses.flatMap((loss, j) => ((counts[j] ?? 0) > 0 ? [loss / (counts[j] ?? 1)] : []))
  if (known.length === 0) return losses.map(() => 1)
  const floor = (FLOOR * known.reduce((a, b) => a + b, 0)) / known.length + 1e-300
  const least = known.reduce((a, b) => Math.min(a, b)) + floor
  const weigh = (loss: number): number => (least / (loss + floor)) * (least / (loss + floor))
  const middle = median(known.map(weigh))
  return losses.map((loss, j) => ((counts[j] ?? 0) > 0 ? weigh(loss / (counts[j] ?? 1)) : middle))
}

/** Adds mean losses (null = asleep) to what is forgotten by the factor. Who sleeps forgets nothing. */
export function learnRecent(state: RecentState, losses: readonly (number | null)[], factor: number): RecentState {
  const add = (before: number, j: number, one: number): number =>
    (losses[j] ?? null) === null ? before : factor * before + one
  return {
    losses: state.losses.map((before, j) => add(before, j, losses[j] ?? 0)),
    counts: state.counts.map((before, j) => add(before, j, 1)),
  }
}
