import { create } from '@bufbuild/protobuf'
import type { StakeRemovalInfo } from '@starling/protocol/gen/emissions/v3/types_pb'
import { EventCancelStakeRemovalSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type CancelRemoveStakeRequest,
  type CancelRemoveStakeResponse,
  CancelRemoveStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField } from '@starling/protocol/modules/readFields'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { requireTopic } from '../topics/view.ts'
import { rememberEligible } from './eligible.ts'
import { deleteRemoval, getLeaving, getRemoval, setLeaving } from './view.ts'

/** `CancelRemoveStake`: the queued stake stays, and counts again from the next epoch on. SPEC lifecycle 2.7 */
export function cancelRemoveStake(
  context: Context,
  { sender, topicId }: CancelRemoveStakeRequest,
): CancelRemoveStakeResponse {
  const reputer = readAddressField('sender', sender)
  requireTopic(context.state, topicId)
  const pending = getRemoval(context.state, reputer, topicId)
  if (pending === undefined) throw emissionsError('REMOVAL_NOT_FOUND', { address: reputer, topicId })
  dropRemoval(context, pending)
  context.emit(typedEvent(EventCancelStakeRemovalSchema, { topicId, reputer }))
  return create(CancelRemoveStakeResponseSchema)
}

/** Takes a removal out of the queue. */
export function dropRemoval(context: Context, removal: StakeRemovalInfo): void {
  const { state } = context
  const { topicId, reputer, amount } = removal
  deleteRemoval(state, removal)
  setLeaving(state, topicId, reputer, getLeaving(state, topicId, reputer) - readWhole(amount))
  rememberEligible(context, topicId, reputer)
}
