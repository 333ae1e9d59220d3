import { EventDelegateRewardDistributedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { changeOwnStake } from './books.ts'
import { SHARE_SCALE } from './payDelegator.ts'
import { getAuthority, getDelegatedUpon, getRewardPerShare, setRewardPerShare } from './view.ts'

/**
 * Pays a reputer's reward out of `allorarewards`: its delegators' part waits to be claimed, the rest becomes own stake.
 * SPEC lifecycle 4.7, 4.8
 */
export function shareReward(context: Context, topicId: bigint, reputer: string, reward: bigint): void {
  const { state, emit } = context
  const authority = getAuthority(state, topicId, reputer)
  const delegated = getDelegatedUpon(state, topicId, reputer)
  const theirs = authority === 0n ? 0n : (reward * delegated) / authority
  if (theirs > 0n) {
    const perShare = (theirs * SHARE_SCALE) / delegated
    setRewardPerShare(state, topicId, reputer, getRewardPerShare(state, topicId, reputer) + perShare)
    moveCoins(context, moduleAddresses.allorarewards, moduleAddresses.allorapendingrewards, theirs)
    emit(typedEvent(EventDelegateRewardDistributedSchema, { topicId, reputer, amount: theirs.toString() }))
  }
  const own = reward - theirs
  if (own === 0n) return
  moveCoins(context, moduleAddresses.allorarewards, moduleAddresses.allorastaking, own)
  changeOwnStake(context, topicId, reputer, own)
}
