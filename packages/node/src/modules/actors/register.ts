import { create } from '@bufbuild/protobuf'
import { OffchainNodeSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import {
  EventReputerRegisteredSchema,
  EventWorkerRegisteredSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type RegisterRequest,
  type RegisterResponse,
  RegisterResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { readOwner } from '@starling/protocol/modules/actors/readOwner'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField, readAmountField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { payFee } from '../topics/payFee.ts'
import { requireTopic } from '../topics/view.ts'
import { addMember, isRegistered, setNode } from './view.ts'

/** `Register`: the sender becomes a worker or reputer of a topic, owned by `owner`. SPEC lifecycle 2.5 */
export function register(context: Context, { sender, topicId, owner, isReputer }: RegisterRequest): RegisterResponse {
  const { state, emit } = context
  const address = readAddressField('sender', sender)
  readOwner('owner', owner)
  const role = isReputer ? 'reputer' : 'worker'
  requireTopic(state, topicId)
  if (isRegistered(state, role, topicId, address))
    throw emissionsError('ALREADY_REGISTERED', { address, role, topicId })
  payFee(context, address, topicId, readAmountField('registration_fee', getParams(state).registrationFee))
  addMember(state, role, topicId, address)
  setNode(state, role, create(OffchainNodeSchema, { owner, nodeAddress: address }))
  if (isReputer) emit(typedEvent(EventReputerRegisteredSchema, { topicId, reputer: address, owner }))
  else emit(typedEvent(EventWorkerRegisteredSchema, { topicId, worker: address, owner }))
  return create(RegisterResponseSchema, { success: true, message: 'Node successfully registered' })
}
