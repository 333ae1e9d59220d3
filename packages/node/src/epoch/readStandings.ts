import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { type Standing, standingsOf } from '@starling/protocol/scoring/contribution/standingsOf'
import type { StateReader } from '../app/context.ts'
import { getStateBytes } from '../modules/synthesis/view.ts'
import { createMemo } from '../store/createMemo.ts'

// Programs ask for one participant after another.
const stand = createMemo((bytes): readonly Standing[] => {
  const contribution = decodeScoringState(bytes).verified?.contribution ?? null
  return contribution === null ? [] : standingsOf(contribution)
}, 4)

/** Where everybody stands after a topic's newest settled epoch; nobody in topics of reference pay. SPEC VT-6 */
export function readStandings(state: StateReader, topicId: bigint): readonly Standing[] {
  const bytes = getStateBytes(state, topicId)
  return bytes === undefined ? [] : stand(topicId.toString(), bytes)
}
