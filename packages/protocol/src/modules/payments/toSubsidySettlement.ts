import { create } from '@bufbuild/protobuf'
import { type SubsidySettlement, SubsidySettlementSchema } from '../../gen/starling/v1/epochs_pb.ts'
import { readWhole } from '../../num/readWhole.ts'
import type { SubsidySplit } from './splitSubsidy.ts'
import type { SubsidyTerms } from './subsidyTerms.ts'

/** A split of the subsidy as the epoch's record holds it; `reward` in uallo. SPEC GR-3 */
export function toSubsidySettlement(terms: SubsidyTerms, reward: bigint, split: SubsidySplit): SubsidySettlement {
  return create(SubsidySettlementSchema, {
    factor: terms.factor,
    allowance: terms.allowance.toString(),
    validatorsShare: terms.validatorsShare,
    bootstrapLimit: terms.bootstrapLimit.toString(),
    termEnded: terms.termEnded,
    divisor: terms.divisor,
    heldBefore: terms.heldBefore.toString(),
    reward: reward.toString(),
    validators: split.validators.toString(),
    bootstrap: split.bootstrap.toString(),
    returned: split.returned.toString(),
    releasedValidators: split.releasedValidators.toString(),
    payouts: split.payouts.map(({ address, role, amount }) => ({ address, role, amount: amount.toString() })),
    burned: split.burned.toString(),
    held: split.held.toString(),
  })
}

/** The terms of a record's subsidy as the rules take them. */
export function fromSubsidySettlement(settlement: SubsidySettlement): SubsidyTerms {
  const { factor, validatorsShare, termEnded, divisor } = settlement
  return {
    ...{ factor, validatorsShare, termEnded, divisor },
    allowance: readWhole(settlement.allowance),
    bootstrapLimit: readWhole(settlement.bootstrapLimit),
    heldBefore: readWhole(settlement.heldBefore),
  }
}
