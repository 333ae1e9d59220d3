import { sum } from '../../num/sum.ts'
import type { ChosenBaseline, WindowEpoch } from './contributionTypes.ts'
import { selectMedian } from './selectMedian.ts'

const CLIP = 4
/** A bound beyond it would be no number. */
const LARGEST = 1e300

/** The candidate with the smallest mean loss over the window, the first of equal ones; null for an empty window. SPEC VT-6 */
export function chooseBaseline(window: readonly WindowEpoch[]): ChosenBaseline | null {
  const candidates = window[0]?.baselines.length ?? 0
  let chosen: { candidate: number; losses: readonly number[]; total: number } | null = null
  for (let candidate = 0; candidate < candidates; candidate += 1) {
    const losses = window.map(({ baselines }) => baselines[candidate] ?? 0)
    const total = sum(losses)
    if (chosen === null || total < chosen.total) chosen = { candidate, losses, total }
  }
  if (chosen === null) return null
  return {
    candidate: chosen.candidate,
    losses: chosen.losses,
    bound: Math.min(LARGEST, CLIP * selectMedian(chosen.losses)),
  }
}
