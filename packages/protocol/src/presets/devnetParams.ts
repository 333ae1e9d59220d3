import { create } from '@bufbuild/protobuf'
import { type Params, ParamsSchema } from '../gen/emissions/v9/params_pb.ts'
import { mainnetParams } from './mainnetParams.ts'

/** For a network on one machine: short epochs, and stake that can be taken out again while one watches. */
export const devnetParams: Params = create(ParamsSchema, {
  ...mainnetParams,
  minEpochLength: 3n,
  removeStakeDelayWindow: 50n,
  // More than any pot: rewards show without anybody paying for answers. On a network of strangers it must be 0.
  subsidyAllowance: (10n ** 30n).toString(),
})
