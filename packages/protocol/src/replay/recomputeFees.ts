import type { EpochRecord, FeeSettlement } from '../gen/starling/v1/epochs_pb.ts'
import { splitFees } from '../modules/payments/splitFees.ts'
import { toFeeSettlement } from '../modules/payments/toFeeSettlement.ts'
import { readWhole } from '../num/readWhole.ts'
import type { SettleOutcome } from '../scoring/settle/settleTypes.ts'

/** The fees of an epoch split again, from what its record says was promised and in force; nothing without fees. SPEC PW-1 */
export function recomputeFees({ fees }: EpochRecord, outcome: SettleOutcome): { readonly fees?: FeeSettlement } {
  if (fees === undefined) return {}
  const { burnShare, validatorsShare } = fees
  const terms = { earmarked: readWhole(fees.earmarked), burnShare, validatorsShare }
  return { fees: toFeeSettlement(terms, splitFees(terms, outcome)) }
}
