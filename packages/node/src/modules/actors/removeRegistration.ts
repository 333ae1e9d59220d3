import { create } from '@bufbuild/protobuf'
import {
  EventReputerUnregisteredSchema,
  EventWorkerUnregisteredSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type RemoveRegistrationRequest,
  type RemoveRegistrationResponse,
  RemoveRegistrationResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { requireTopic } from '../topics/view.ts'
import { isRegistered, removeMember } from './view.ts'

/** `RemoveRegistration`: the sender leaves a topic; stake, scores and what is queued stay. SPEC lifecycle 2.5 */
export function removeRegistration(
  { state, emit }: Context,
  { sender, topicId, isReputer }: RemoveRegistrationRequest,
): RemoveRegistrationResponse {
  const address = readAddressField('sender', sender)
  const role = isReputer ? 'reputer' : 'worker'
  requireTopic(state, topicId)
  if (!isRegistered(state, role, topicId, address)) {
    throw emissionsError('NOT_REGISTERED_IN_TOPIC', { address, role, topicId })
  }
  removeMember(state, role, topicId, address)
  if (isReputer) emit(typedEvent(EventReputerUnregisteredSchema, { topicId, reputer: address }))
  else emit(typedEvent(EventWorkerUnregisteredSchema, { topicId, worker: address }))
  return create(RemoveRegistrationResponseSchema, { success: true, message: 'Node successfully removed' })
}
