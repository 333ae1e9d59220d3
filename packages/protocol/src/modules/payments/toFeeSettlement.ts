import { create } from '@bufbuild/protobuf'
import { type FeeSettlement, FeeSettlementSchema } from '../../gen/starling/v1/epochs_pb.ts'
import type { FeeSplit, FeeTerms } from './splitFees.ts'

/** A split of fees as the epoch's record holds it. SPEC GR-3 */
export function toFeeSettlement(
  { earmarked, burnShare, validatorsShare }: FeeTerms,
  { burned, validators, payouts, returned }: FeeSplit,
): FeeSettlement {
  return create(FeeSettlementSchema, {
    earmarked: earmarked.toString(),
    burned: burned.toString(),
    validators: validators.toString(),
    returned: returned.toString(),
    payouts: payouts.map(({ address, role, amount }) => ({ address, role, amount: amount.toString() })),
    burnShare,
    validatorsShare,
  })
}
