import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { type FeesParams, FeesParamsSchema } from '@starling/protocol/gen/starling/v1/fees_pb'
import { feesKeys } from '@starling/protocol/modules/fees/keys'
import { defaultFeesParams } from '@starling/protocol/modules/fees/params'
import type { State, StateReader } from '../../app/context.ts'
import { createMemo } from '../../store/createMemo.ts'

const decodeParams = createMemo((bytes) => fromBinary(FeesParamsSchema, bytes), 1)

/** What a transaction may weigh and must pay now. */
export function getFeesParams(state: StateReader): FeesParams {
  const bytes = state.store('fees').get(feesKeys.params())
  return bytes === undefined ? defaultFeesParams : decodeParams('params', bytes)
}

/** Stores the parameters. */
export function setFeesParams(state: State, params: FeesParams): void {
  state.store('fees').put(feesKeys.params(), toBinary(FeesParamsSchema, params))
}
