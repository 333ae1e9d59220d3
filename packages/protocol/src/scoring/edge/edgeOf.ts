import { sum } from '../../num/sum.ts'
import type { Edge, EdgeState } from './edgeTypes.ts'

const SHOWN = 20

/** The e-value, the mean wealth of the bets, and whether it says that the network beats the baseline: at least 20. SPEC VT-8 */
export function edgeOf({ n, bets }: EdgeState): Edge {
  const eValue = sum(bets) / bets.length
  return { shown: eValue >= SHOWN, eValue, n }
}
