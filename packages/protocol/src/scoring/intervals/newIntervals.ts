import { emptyLedger } from './emptyLedger.ts'
import { type IntervalState, LEVELS } from './intervalTypes.ts'

/** The intervals of a topic before its first truth. SPEC VT-7 */
export function newIntervals(): IntervalState {
  return { targets: LEVELS.map((level) => 1 - level), scores: [], meanError: 0, ledger: emptyLedger() }
}
