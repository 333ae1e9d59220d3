import { create } from '@bufbuild/protobuf'
import { type FeesParams, FeesParamsSchema } from '../../gen/starling/v1/fees_pb.ts'

/** The reference network's limits (SPEC wire 4.1, 4.3). */
export const defaultFeesParams: FeesParams = create(FeesParamsSchema, {
  minGasPrice: '10',
  maxTxBytes: 1_048_576n,
  maxGasPerTx: 30_000_000n,
  maxMemoBytes: 256n,
  maxSignatures: 7n,
})
