import { emptyLedger } from './emptyLedger.ts'
import { type LabelSetState, LEVELS } from './intervalTypes.ts'

/** The prediction sets of a topic of labels before its first truth. SPEC VT-7 */
export function newLabelSets(): LabelSetState {
  return { targets: LEVELS.map((level) => 1 - level), scores: [], ledger: emptyLedger() }
}
