import { create } from '@bufbuild/protobuf'
import { StakeRemovalInfoSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import { EventRequestStakeRemovalSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type RemoveStakeRequest,
  type RemoveStakeResponse,
  RemoveStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField, readPositiveAmount } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { requireTopic } from '../topics/view.ts'
import { dropRemoval } from './cancelRemoveStake.ts'
import { rememberEligible } from './eligible.ts'
import { addRemoval, getAuthority, getDelegatedUpon, getLeaving, getRemoval, setLeaving } from './view.ts'

/** `RemoveStake`: queues own stake for removal, in place of what is queued; it stops counting at once. SPEC lifecycle 2.7, PW-3 */
export function removeStake(context: Context, { sender, topicId, amount }: RemoveStakeRequest): RemoveStakeResponse {
  const { state, height, emit } = context
  const reputer = readAddressField('sender', sender)
  const wanted = readPositiveAmount('amount', amount)
  requireTopic(state, topicId)
  const stake = getAuthority(state, topicId, reputer) - getDelegatedUpon(state, topicId, reputer)
  if (wanted > stake) throw emissionsError('INSUFFICIENT_STAKE_TO_REMOVE', { stake, wanted })
  const pending = getRemoval(state, reputer, topicId)
  if (pending !== undefined) dropRemoval(context, pending)
  const completionHeight = height + getParams(state).removeStakeDelayWindow
  addRemoval(
    state,
    create(StakeRemovalInfoSchema, {
      blockRemovalStarted: height,
      topicId,
      reputer,
      amount,
      blockRemovalCompleted: completionHeight,
    }),
  )
  setLeaving(state, topicId, reputer, getLeaving(state, topicId, reputer) + wanted)
  rememberEligible(context, topicId, reputer)
  emit(typedEvent(EventRequestStakeRemovalSchema, { topicId, reputer, amount, completionHeight }))
  return create(RemoveStakeResponseSchema)
}
