import { create } from '@bufbuild/protobuf'
import { OffchainNodeSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import { EventNodeOwnerUpdatedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type TransferActorOwnershipRequest,
  type TransferActorOwnershipResponse,
  TransferActorOwnershipResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { readOwner } from '@starling/protocol/modules/actors/readOwner'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getNode, setNode } from './view.ts'

/** `TransferActorOwnership`: the node's own key names a new owner, for all its topics. SPEC lifecycle 2.5 */
export function transferOwnership(
  { state, emit }: Context,
  { sender, newOwner, isReputer }: TransferActorOwnershipRequest,
): TransferActorOwnershipResponse {
  const nodeAddress = readAddressField('sender', sender)
  readOwner('new_owner', newOwner)
  const role = isReputer ? 'reputer' : 'worker'
  const node = getNode(state, role, nodeAddress)
  if (node === undefined) throw emissionsError('NOT_REGISTERED', { address: nodeAddress, role, where: 'any topic' })
  setNode(state, role, create(OffchainNodeSchema, { nodeAddress, owner: newOwner }))
  emit(typedEvent(EventNodeOwnerUpdatedSchema, { nodeAddress, oldOwner: node.owner, newOwner, isReputer }))
  return create(TransferActorOwnershipResponseSchema)
}
