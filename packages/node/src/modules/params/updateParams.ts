import { create } from '@bufbuild/protobuf'
import { EventParamsSetSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type UpdateParamsRequest,
  type UpdateParamsResponse,
  UpdateParamsResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { mergeParams } from '@starling/protocol/modules/params/mergeParams'
import { readAddressField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams, isAdmin, setParams } from './view.ts'

/** `UpdateParams`: an admin changes some parameters. SPEC lifecycle 2.1 */
export function updateParams({ state, emit }: Context, { sender, params }: UpdateParamsRequest): UpdateParamsResponse {
  readAddressField('sender', sender)
  if (!isAdmin(state, sender)) throw emissionsError('NOT_ADMIN', { address: sender })
  if (params === undefined) {
    throw emissionsError('INVALID_VALUE', { field: 'params', expected: 'set', got: 'nothing' })
  }
  const merged = mergeParams(getParams(state), params)
  setParams(state, merged)
  emit(typedEvent(EventParamsSetSchema, { params: merged }))
  return create(UpdateParamsResponseSchema)
}
