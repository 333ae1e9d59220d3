import { create } from '@bufbuild/protobuf'
import type { DelegateStakeRemovalInfo } from '@starling/protocol/gen/emissions/v3/types_pb'
import { EventCancelStakeRemovalSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type CancelRemoveDelegateStakeRequest,
  type CancelRemoveDelegateStakeResponse,
  CancelRemoveDelegateStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField } from '@starling/protocol/modules/readFields'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { requireTopic } from '../topics/view.ts'
import { join, startEarning } from './earning.ts'
import { rememberEligible } from './eligible.ts'
import { payDelegator } from './payDelegator.ts'
import { deleteDelegateRemoval, getDelegateRemoval, getLeaving, setLeaving } from './view.ts'

/** `CancelRemoveDelegateStake`: the queued delegation stays. The delegator is the sender. SPEC lifecycle 2.7 */
export function cancelRemoveDelegateStake(
  context: Context,
  request: CancelRemoveDelegateStakeRequest,
): CancelRemoveDelegateStakeResponse {
  const { topicId } = request
  const delegator = readAddressField('sender', request.sender)
  const reputer = readAddressField('reputer', request.reputer)
  requireTopic(context.state, topicId)
  const pending = getDelegateRemoval(context.state, delegator, reputer, topicId)
  if (pending === undefined) throw emissionsError('REMOVAL_NOT_FOUND', { address: delegator, topicId })
  dropDelegateRemoval(context, pending)
  join(context.state, pending, readWhole(pending.amount))
  context.emit(typedEvent(EventCancelStakeRemovalSchema, { topicId, reputer, delegator }))
  return create(CancelRemoveDelegateStakeResponseSchema)
}

/** Takes a removal of a delegation out of the queue: the whole delegation earns again, after it was paid. */
export function dropDelegateRemoval(context: Context, removal: DelegateStakeRemovalInfo): void {
  const { state } = context
  const { topicId, reputer, amount } = removal
  payDelegator(context, removal)
  deleteDelegateRemoval(state, removal)
  startEarning(state, removal)
  setLeaving(state, topicId, reputer, getLeaving(state, topicId, reputer) - readWhole(amount))
  rememberEligible(context, topicId, reputer)
}
