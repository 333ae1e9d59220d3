import type { SubsidyTerms } from '@starling/protocol/modules/payments/subsidyTerms'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { getEpochCounts } from '../rewards/view.ts'
import { getTopicStake, type StoredTopic } from '../topics/view.ts'
import { getHeld } from './view.ts'

/** What limits the subsidy of a topic's next settled epoch; undefined where the reference pays. SPEC PW-2 */
export function subsidyTermsOf(state: StateReader, { id, policy }: StoredTopic): SubsidyTerms | undefined {
  if (policy.pay !== 'contribution') return undefined
  const params = getParams(state)
  const { settled } = getEpochCounts(state, id)
  const bootstrap = readWhole(params.bootstrapAmount)
  const isOpen = settled < params.bootstrapEpochs && getTopicStake(state, id) >= bootstrap
  return {
    factor: params.subsidyFactor,
    validatorsShare: params.validatorsVsAlloraPercentReward,
    allowance: readWhole(params.subsidyAllowance),
    bootstrapLimit: isOpen ? bootstrap : 0n,
    termEnded: settled + 1n >= params.bootstrapEpochs,
    divisor: params.feeEarmarkDivisor,
    heldBefore: getHeld(state, id),
  }
}
