import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { applyLivenessPenalty } from '@starling/protocol/scoring/scores/applyLivenessPenalty'
import { countMissedEpochs } from '@starling/protocol/scoring/scores/countMissedEpochs'
import type { StateReader } from '../../app/context.ts'
import type { StoredTopic } from '../topics/view.ts'
import { getInitialMerit, getMerit } from './view.ts'

/** Who wants to take part in an epoch, and as what. */
export type Applicant = {
  readonly role: SubmitterRole
  readonly topic: StoredTopic
  readonly nonce: bigint
  readonly address: string
}

/** The merit that an applicant enters an epoch with: pulled toward the newcomers' by each epoch missed. SPEC math 10.5 */
export function enterMerit(state: StateReader, { role, topic, address }: Applicant): number {
  const known = getMerit(state, role, topic.id, address)
  const initial = getInitialMerit(state, role, topic.id)
  if (known === undefined) return initial
  const { epochLastEnded, epochLength, groundTruthLag, meritSortitionAlpha } = topic.base
  const lag = role === 'reputer' ? groundTruthLag : 0n
  const missed = countMissedEpochs({ lastBlock: known.blockHeight, epochLastEnded, epochLength, lag })
  return applyLivenessPenalty(readDecimal(known.score), initial, readDecimal(meritSortitionAlpha), Number(missed))
}
