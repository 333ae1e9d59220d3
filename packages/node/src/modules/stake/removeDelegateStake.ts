import { create } from '@bufbuild/protobuf'
import { DelegateStakeRemovalInfoSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import { EventRequestStakeRemovalSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type RemoveDelegateStakeRequest,
  type RemoveDelegateStakeResponse,
  RemoveDelegateStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField, readPositiveAmount } from '@starling/protocol/modules/readFields'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { requireTopic } from '../topics/view.ts'
import { dropDelegateRemoval } from './cancelRemoveDelegateStake.ts'
import { join, leave } from './earning.ts'
import { rememberEligible } from './eligible.ts'
import { payDelegator } from './payDelegator.ts'
import { addDelegateRemoval, getDelegateRemoval, getLeaving, getPlacement, setLeaving } from './view.ts'

/** `RemoveDelegateStake`: queues a delegation for removal; it stops counting at once. SPEC lifecycle 2.7, PW-3 */
export function removeDelegateStake(
  context: Context,
  request: RemoveDelegateStakeRequest,
): RemoveDelegateStakeResponse {
  const { state, height, emit } = context
  const { topicId, amount } = request
  const delegator = readAddressField('sender', request.sender)
  const reputer = readAddressField('reputer', request.reputer)
  const wanted = readPositiveAmount('amount', amount)
  requireTopic(state, topicId)
  const { amount: stake } = getPlacement(state, topicId, delegator, reputer)
  if (wanted > stake) throw emissionsError('INSUFFICIENT_DELEGATION_TO_REMOVE', { stake, wanted })
  const pending = getDelegateRemoval(state, delegator, reputer, topicId)
  if (pending !== undefined) {
    dropDelegateRemoval(context, pending)
    join(state, pending, readWhole(pending.amount))
  }
  payDelegator(context, { topicId, delegator, reputer })
  const completionHeight = height + getParams(state).removeStakeDelayWindow
  addDelegateRemoval(
    state,
    create(DelegateStakeRemovalInfoSchema, {
      blockRemovalStarted: height,
      topicId,
      reputer,
      delegator,
      amount,
      blockRemovalCompleted: completionHeight,
    }),
  )
  leave(state, { topicId, delegator, reputer }, wanted)
  setLeaving(state, topicId, reputer, getLeaving(state, topicId, reputer) + wanted)
  rememberEligible(context, topicId, reputer)
  emit(typedEvent(EventRequestStakeRemovalSchema, { topicId, reputer, delegator, amount, completionHeight }))
  return create(RemoveDelegateStakeResponseSchema)
}
