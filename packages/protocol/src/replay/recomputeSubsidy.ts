import type { EpochRecord, SubsidySettlement } from '../gen/starling/v1/epochs_pb.ts'
import { limitReward } from '../modules/payments/limitReward.ts'
import { splitSubsidy } from '../modules/payments/splitSubsidy.ts'
import { fromSubsidySettlement, toSubsidySettlement } from '../modules/payments/toSubsidySettlement.ts'
import { readWhole } from '../num/readWhole.ts'
import { shareOf } from '../num/shareOf.ts'
import type { SettleOutcome } from '../scoring/settle/settleTypes.ts'

/** What of an epoch's pot could be paid, in uallo: all of it, unless its record has the terms of a subsidy. SPEC PW-2 */
export function rewardOfRecord({ pot, fees, subsidy }: EpochRecord): bigint {
  const all = readWhole(pot)
  if (subsidy === undefined) return all
  const burned = fees === undefined ? 0n : shareOf(readWhole(fees.earmarked), fees.burnShare)
  return limitReward(all, burned, fromSubsidySettlement(subsidy))
}

/** The subsidy of an epoch split again, from the terms of its record; nothing in topics without. SPEC PW-2 */
export function recomputeSubsidy(
  record: EpochRecord,
  outcome: SettleOutcome,
): { readonly subsidy?: SubsidySettlement } {
  const { pot, subsidy } = record
  if (subsidy === undefined) return {}
  const terms = fromSubsidySettlement(subsidy)
  const reward = rewardOfRecord(record)
  const split = splitSubsidy({ pot: readWhole(pot), reward }, terms, outcome)
  return { subsidy: toSubsidySettlement(terms, reward, split) }
}
