import { BET_FRACTIONS } from './betFractions.ts'
import type { EdgeState } from './edgeTypes.ts'

/** The test of a topic before its first difference. SPEC VT-8 */
export function newEdge(): EdgeState {
  return { n: 0, meanSize: 0, bets: BET_FRACTIONS.map(() => 1) }
}
