import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { meritRuleOf } from '@starling/protocol/scoring/merit/meritRuleOf'
import { countMissedEpochs } from '@starling/protocol/scoring/scores/countMissedEpochs'
import type { StateReader } from '../../app/context.ts'
import type { StoredTopic } from '../topics/view.ts'
import { meritTermsOf } from './meritTermsOf.ts'
import { getMerit } from './view.ts'

/** Who wants to take part in an epoch, and as what. */
export type Applicant = {
  readonly role: SubmitterRole
  readonly topic: StoredTopic
  readonly nonce: bigint
  readonly address: string
}

/** The merit that an applicant enters an epoch with: that of newcomers, or its own after the epochs it missed. SPEC math 10.5 */
export function enterMerit(state: StateReader, applicant: Applicant): number {
  const { role, topic, address } = applicant
  const known = getMerit(state, role, topic.id, address)
  const terms = meritTermsOf(state, applicant)
  if (known === undefined) return terms.initial
  const { epochLastEnded, epochLength, groundTruthLag } = topic.base
  const lag = role === 'reputer' ? groundTruthLag : 0n
  const missed = countMissedEpochs({ lastBlock: known.blockHeight, epochLastEnded, epochLength, lag })
  return meritRuleOf(topic.policy.pay, role).rested(readDecimal(known.score), terms, Number(missed))
}
