import { create } from '@bufbuild/protobuf'
import { EventAddStakeSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type AddStakeRequest,
  type AddStakeResponse,
  AddStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField, readPositiveAmount } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { isRegistered } from '../actors/view.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { tryActivation } from '../topics/activation.ts'
import { requireTopic } from '../topics/view.ts'
import { changeOwnStake } from './books.ts'

/** `AddStake`: a reputer stakes on what it reports in a topic; it counts from the next epoch on. SPEC lifecycle 2.7, PW-3 */
export function addStake(context: Context, { sender, topicId, amount }: AddStakeRequest): AddStakeResponse {
  const reputer = readAddressField('sender', sender)
  const added = readPositiveAmount('amount', amount)
  requireTopic(context.state, topicId)
  if (!isRegistered(context.state, 'reputer', topicId, reputer)) {
    throw emissionsError('NOT_REGISTERED_IN_TOPIC', { address: reputer, role: 'reputer', topicId })
  }
  moveCoins(context, reputer, moduleAddresses.allorastaking, added)
  changeOwnStake(context, topicId, reputer, added)
  tryActivation(context, topicId)
  context.emit(typedEvent(EventAddStakeSchema, { topicId, reputer, amount }))
  return create(AddStakeResponseSchema)
}
