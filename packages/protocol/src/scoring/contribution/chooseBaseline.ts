import { tabulate } from '../../num/tabulate.ts'
import type { ChosenBaseline, WindowEpoch } from './contributionTypes.ts'
import { selectMedian } from './selectMedian.ts'

const CLIP = 4
/** A bound beyond it would be no number. */
const LARGEST = 1e300

/** The candidate with the smallest mean loss over the window, the first of equal ones; null for an empty window. SPEC VT-6 */
export function chooseBaseline(window: readonly WindowEpoch[]): ChosenBaseline | null {
  const candidates = window[0]?.baselines.length ?? 0
  let candidate = -1
  let least = 0
  for (let one = 0; one < candidates; one += 1) {
    let total = 0
    for (let t = 0; t < window.length; t += 1) total += window[t]?.baselines[one] ?? 0
    if (candidate >= 0 && !(total < least)) continue
    candidate = one
    least = total
  }
  if (candidate < 0) return null
  const losses = tabulate(window.length, (t) => window[t]?.baselines[candidate] ?? 0)
  return { candidate, losses, bound: Math.min(LARGEST, CLIP * selectMedian(losses)) }
}
