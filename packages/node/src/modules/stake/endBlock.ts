import type { DelegateStakeRemovalInfo, StakeRemovalInfo } from '@starling/protocol/gen/emissions/v3/types_pb'
import { EventRemoveStakeSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { getParams } from '../params/view.ts'
import { refreshWeight } from '../topics/refreshWeight.ts'
import { changeDelegatedStake, changeOwnStake } from './books.ts'
import { dropDelegateRemoval } from './cancelRemoveDelegateStake.ts'
import { dropRemoval } from './cancelRemoveStake.ts'
import { listDelegateRemovals, listRemovals } from './view.ts'

/** Pays out removals that are due, own ones first, at most a fixed number of each; the rest waits. SPEC lifecycle 5.4 */
export function endBlockStake(context: Context): void {
  const { state, height } = context
  const limit = Number(getParams(state).halfMaxProcessStakeRemovalsEndBlock)
  const isDue = ({ blockRemovalCompleted }: { readonly blockRemovalCompleted: bigint }): boolean =>
    blockRemovalCompleted <= height
  for (const removal of listRemovals(state, limit).filter(isDue)) payOut(context, removal)
  for (const removal of listDelegateRemovals(state, limit).filter(isDue)) payOutDelegation(context, removal)
}

function payOut(context: Context, removal: StakeRemovalInfo): void {
  const { topicId, reputer, amount } = removal
  dropRemoval(context, removal)
  changeOwnStake(context, topicId, reputer, -readWhole(amount))
  moveCoins(context, moduleAddresses.allorastaking, reputer, readWhole(amount))
  refreshWeight(context.state, topicId)
  context.emit(typedEvent(EventRemoveStakeSchema, { topicId, reputer, amount }))
}

function payOutDelegation(context: Context, removal: DelegateStakeRemovalInfo): void {
  const { topicId, reputer, delegator, amount } = removal
  const delegation = { topicId, delegator, reputer }
  dropDelegateRemoval(context, removal)
  changeDelegatedStake(context, delegation, -readWhole(amount))
  moveCoins(context, moduleAddresses.allorastaking, delegator, readWhole(amount))
  refreshWeight(context.state, topicId)
  context.emit(typedEvent(EventRemoveStakeSchema, { topicId, reputer, delegator, amount }))
}
