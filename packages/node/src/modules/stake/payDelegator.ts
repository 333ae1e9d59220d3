import { EventRewardDelegateStakeSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context, State, StateReader } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { getDelegateRemoval, getPlacement, getRewardPerShare, setPlacement } from './view.ts'

/** Who delegates to whom in which topic. */
export type Delegation = { readonly topicId: bigint; readonly delegator: string; readonly reputer: string }

/** What one uallo of delegation has earned is kept as an integer on this scale. */
export const SHARE_SCALE: bigint = 10n ** 36n

/** The part of a delegation that earns, in uallo: what is being taken out earns nothing. SPEC PW-3 */
export function getEarning(state: StateReader, { topicId, delegator, reputer }: Delegation): bigint {
  const leaving = getDelegateRemoval(state, delegator, reputer, topicId)?.amount ?? '0'
  return getPlacement(state, topicId, delegator, reputer).amount - readWhole(leaving)
}

/** Lets a delegation earn from here on. Rewards pending so far must have been paid. SPEC lifecycle 5.2 */
export function startEarning(state: State, delegation: Delegation): void {
  const { topicId, delegator, reputer } = delegation
  const { amount } = getPlacement(state, topicId, delegator, reputer)
  const debt = getEarning(state, delegation) * getRewardPerShare(state, topicId, reputer)
  setPlacement(state, topicId, delegator, reputer, { amount, debt })
}

/** Pays a delegator what its delegation has earned, truncated. Returns the amount in uallo. SPEC lifecycle 5.3 */
export function payDelegator(context: Context, delegation: Delegation): bigint {
  const { state, emit } = context
  const { topicId, delegator, reputer } = delegation
  const { debt } = getPlacement(state, topicId, delegator, reputer)
  const pending = (getEarning(state, delegation) * getRewardPerShare(state, topicId, reputer) - debt) / SHARE_SCALE
  if (pending <= 0n) return 0n
  moveCoins(context, moduleAddresses.allorapendingrewards, delegator, pending)
  startEarning(state, delegation)
  emit(typedEvent(EventRewardDelegateStakeSchema, { topicId, reputer, delegator, amount: pending.toString() }))
  return pending
}
