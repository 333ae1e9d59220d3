import { fromBinary } from '@bufbuild/protobuf'
import { type Params, ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { paramsKeys } from '@starling/protocol/modules/params/keys'
import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import type { State, StateReader } from '../../app/context.ts'
import { createMemo } from '../../store/createMemo.ts'
import { putMark, putMessage } from '../../store/values.ts'

const decodeParams = createMemo((bytes) => fromBinary(ParamsSchema, bytes), 1)

/** The parameters of everything that the reference keeps in its emissions module. */
export function getParams(state: StateReader): Params {
  const bytes = state.store('params').get(paramsKeys.params())
  return bytes === undefined ? mainnetParams : decodeParams('params', bytes)
}

/** Stores the parameters, which must have been checked. */
export function setParams(state: State, params: Params): void {
  putMessage(state.store('params'), ParamsSchema, paramsKeys.params(), params)
}

/** Whether an address may change parameters. */
export function isAdmin(state: StateReader, address: string): boolean {
  return state.store('params').get(paramsKeys.admin(address)) !== undefined
}

/** Lets an address change parameters. */
export function addAdmin(state: State, address: string): void {
  putMark(state.store('params'), paramsKeys.admin(address))
}
