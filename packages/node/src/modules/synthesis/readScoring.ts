import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import type { ScoringState } from '@starling/protocol/scoring/stateTypes'
import type { StateReader } from '../../app/context.ts'
import { createMemo } from '../../store/createMemo.ts'
import { getStateBytes } from './view.ts'

// Programs ask for one participant after another.
const decode = createMemo(decodeScoringState, 4)
const nothingYet = emptyScoringState()

/** What the scoring knows of a topic since its newest settled epoch; nobody may change it. */
export function readScoring(state: StateReader, topicId: bigint): ScoringState {
  const bytes = getStateBytes(state, topicId)
  return bytes === undefined ? nothingYet : decode(topicId.toString(), bytes)
}
