import { EventRewardDelegateStakeSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { type Delegation, getOwed, startEarning } from './earning.ts'

/** What one uallo of delegation has earned is kept as an integer on this scale. */
export const SHARE_SCALE: bigint = 10n ** 36n

/** Pays a delegator what its delegation has earned, truncated. Returns the amount in uallo. SPEC lifecycle 5.3 */
export function payDelegator(context: Context, delegation: Delegation): bigint {
  const { state, emit } = context
  const { topicId, delegator, reputer } = delegation
  const pending = getOwed(state, delegation) / SHARE_SCALE
  if (pending <= 0n) return 0n
  moveCoins(context, moduleAddresses.allorapendingrewards, delegator, pending)
  startEarning(state, delegation)
  emit(typedEvent(EventRewardDelegateStakeSchema, { topicId, reputer, delegator, amount: pending.toString() }))
  return pending
}
