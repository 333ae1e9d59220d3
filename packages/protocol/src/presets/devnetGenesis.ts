import { type JsonObject, toJson } from '@bufbuild/protobuf'
import { ParamsSchema } from '../gen/emissions/v9/params_pb.ts'
import { devnetParams } from './devnetParams.ts'

/** The part of a local network's genesis that does not depend on who takes part: short epochs and visible rewards. */
export const devnetGenesis: {
  readonly params: JsonObject
  readonly mint: {
    readonly params: {
      readonly emissionEnabled: boolean
      readonly fEmission: string
      readonly maximumMonthlyPercentageYield: string
    }
  }
} = {
  params: toJson(ParamsSchema, devnetParams) as JsonObject,
  // The largest emission that the rules know: with the main network's, a reward would not show in a hundred epochs.
  mint: { params: { emissionEnabled: true, fEmission: '1', maximumMonthlyPercentageYield: '1' } },
}
