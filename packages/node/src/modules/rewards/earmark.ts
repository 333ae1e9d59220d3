import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { computePots } from '@starling/protocol/modules/rewards/computePots'
import type { State, StateReader } from '../../app/context.ts'
import { getBalance } from '../bank/view.ts'
import { getRewardCurrentBlockEmission } from '../mint/view.ts'
import type { ChurnedTopic } from '../topics/churnTopics.ts'
import { getWeightSum } from '../topics/view.ts'
import { getEarmarked, setEarmarked } from './view.ts'

/**
 * Promises each epoch that opens what it may pay: its topic's share of the emission of one epoch. What all epochs were
 * promised never exceeds what `allorarewards` holds. Pots in uallo, in the order of the topics. SPEC lifecycle 4.1
 */
export function earmark(state: State, churned: readonly ChurnedTopic[]): readonly bigint[] {
  const pots = computePots({
    topics: churned.map(({ topic, weight }) => ({ weight, epochLength: topic.base.epochLength })),
    weightSum: getWeightSum(state),
    blockEmission: getRewardCurrentBlockEmission(state),
    treasury: getFree(state),
  })
  setEarmarked(state, getEarmarked(state) + pots.reduce((sum, pot) => sum + pot, 0n))
  return pots
}

/** Coins of `allorarewards` that no epoch was promised, in uallo. */
function getFree(state: StateReader): bigint {
  return getBalance(state, moduleAddresses.allorarewards) - getEarmarked(state)
}
