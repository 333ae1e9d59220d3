import { create, toBinary } from '@bufbuild/protobuf'
import { sha256 } from '../crypto/sha256.ts'
import { type SettlementParams, SettlementParamsSchema } from '../gen/starling/v1/epochs_pb.ts'
import type { ScoringParams } from '../scoring/types.ts'

/** The numbers of a settlement as its record holds them. SPEC GR-3 */
export function toSettlementParams(params: ScoringParams): SettlementParams {
  return create(SettlementParamsSchema, { ...params })
}

/** SHA-256 of the same: what an open epoch keeps of the numbers that its answer was made with. */
export function hashSettlementParams(params: ScoringParams): Uint8Array {
  return sha256(toBinary(SettlementParamsSchema, toSettlementParams(params)))
}

/** The numbers of a settlement as the scoring takes them. */
export function fromSettlementParams({
  $typeName: _name,
  $unknown: _rest,
  ...params
}: SettlementParams): ScoringParams {
  return params
}
