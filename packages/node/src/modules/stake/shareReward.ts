import { EventDelegateRewardDistributedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { type ModuleAccount, moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { changeOwnStake } from './books.ts'
import { admitJoining } from './earning.ts'
import { getEligible } from './eligible.ts'
import { SHARE_SCALE } from './payDelegator.ts'
import { getDelegatedUpon, getLeaving, getRemoval, getRewardPerShare, setRewardPerShare } from './view.ts'

/** The epoch that a reward is of. */
export type RewardedEpoch = { readonly topicId: bigint; readonly nonce: bigint }

/**
 * Pays a reputer's reward out of a module's account: its delegators' part waits to be claimed, the rest becomes own stake.
 * Stake that is being taken out, or was delegated after the epoch opened, has no part in it. SPEC lifecycle 4.7, 4.8, PW-3
 */
export function shareReward(
  context: Context,
  { topicId, nonce }: RewardedEpoch,
  reputer: string,
  reward: bigint,
  from: ModuleAccount = 'allorarewards',
): void {
  const { state, emit } = context
  const waiting = admitJoining(state, topicId, reputer, nonce)
  const eligible = getEligible(state, topicId, reputer) - waiting
  const ownLeaving = readWhole(getRemoval(state, reputer, topicId)?.amount ?? '0')
  const theirLeaving = getLeaving(state, topicId, reputer) - ownLeaving
  const delegated = getDelegatedUpon(state, topicId, reputer) - theirLeaving - waiting
  const theirs = eligible === 0n ? 0n : (reward * delegated) / eligible
  if (theirs > 0n) {
    const perShare = (theirs * SHARE_SCALE) / delegated
    setRewardPerShare(state, topicId, reputer, getRewardPerShare(state, topicId, reputer) + perShare)
    moveCoins(context, moduleAddresses[from], moduleAddresses.allorapendingrewards, theirs)
    emit(typedEvent(EventDelegateRewardDistributedSchema, { topicId, reputer, amount: theirs.toString() }))
  }
  const own = reward - theirs
  if (own === 0n) return
  moveCoins(context, moduleAddresses[from], moduleAddresses.allorastaking, own)
  changeOwnStake(context, topicId, reputer, own)
}
