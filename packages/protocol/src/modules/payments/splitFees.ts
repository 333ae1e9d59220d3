import { shareOf } from '../../num/shareOf.ts'
import { splitPot } from '../../scoring/contribution/splitPot.ts'
import type { Reward, SettleOutcome } from '../../scoring/settle/settleTypes.ts'

/** What an epoch was promised in uallo, and the parameters that divide it: decimal texts, together at most 1. */
export type FeeTerms = { readonly earmarked: bigint; readonly burnShare: string; readonly validatorsShare: string }

/** Where an epoch's fees go, in uallo; together exactly what was earmarked. */
export type FeeSplit = {
  readonly burned: bigint
  readonly validators: bigint
  /** Reputers, inferers, forecasters, each in address order. */
  readonly payouts: readonly Reward[]
  /** What stays in the topic's escrow. */
  readonly returned: bigint
}

/**
 * Splits an epoch's fees: a part burns, a part is the validators', the rest is split as the epoch's pot is, by class and
 * within each. What classes without shares and truncation leave stays in escrow, and so does all where the epoch is not
 * settled. SPEC PW-1
 */
export function splitFees(
  { earmarked, burnShare, validatorsShare }: FeeTerms,
  { status, fractions, split }: Pick<SettleOutcome, 'status' | 'fractions' | 'split'>,
): FeeSplit {
  if (status !== 'settled') return { burned: 0n, validators: 0n, payouts: [], returned: earmarked }
  const burned = shareOf(earmarked, burnShare)
  const validators = shareOf(earmarked, validatorsShare)
  const { rewards, unpaid } = splitPot(earmarked - burned - validators, fractions, split)
  return { burned, validators, payouts: rewards, returned: unpaid }
}
