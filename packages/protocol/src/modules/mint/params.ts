import { create } from '@bufbuild/protobuf'
import { type Params, ParamsSchema } from '../../gen/mint/v5/types_pb.ts'

/** The reference's values since its v0.13; the emission is on. SPEC lifecycle 6.6 */
export const defaultMintParams: Params = create(ParamsSchema, {
  mintDenom: 'uallo',
  maxSupply: '1000000000000000000000000000',
  fEmission: '25000000000000000',
  oneMonthSmoothingDegree: '100000000000000000',
  ecosystemTreasuryPercentOfTotalSupply: '214500000000000000',
  foundationTreasuryPercentOfTotalSupply: '225000000000000000',
  participantsPercentOfTotalSupply: '75000000000000000',
  investorsPercentOfTotalSupply: '260500000000000000',
  investorsPreseedPercentOfTotalSupply: '50000000000000000',
  teamPercentOfTotalSupply: '175000000000000000',
  maximumMonthlyPercentageYield: '9500000000000000',
  emissionEnabled: true,
})
