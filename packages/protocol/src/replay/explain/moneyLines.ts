import { readDecimal } from '../../num/readDecimal.ts'
import { readWhole } from '../../num/readWhole.ts'
import { shareOf } from '../../num/shareOf.ts'
import type { Reward } from '../../scoring/settle/settleTypes.ts'
import type { Explained, Line } from './types.ts'

/** What of the pot could be paid, where subsidies follow the fees that burn. SPEC PW-2 */
export function rewardLines({ record, parts }: Explained): Line[] {
  const { subsidy, fees, pot } = record
  if (subsidy === undefined) return []
  const { factor, allowance, validatorsShare } = subsidy
  const burned = fees === undefined ? 0n : shareOf(readWhole(fees.earmarked), fees.burnShare)
  return [
    {
      label: 'could be paid',
      formula: 'the smaller of pot and (burned * factor + allowance) * (1 - validators), whole uallo, rounded down',
      inputs: {
        ...{ pot, burned: burned.toString(), allowance },
        ...{ factor: readDecimal(factor), validators: readDecimal(validatorsShare) },
      },
      value: parts.input.reward.toString(),
    },
  ]
}

/** What a role got of the epoch's fees, beside its coins of the pot; nothing in an epoch without. SPEC PW-1 */
export function feeLines(
  { record: { fees }, address }: Explained,
  role: Reward['role'],
  { fraction, share }: { readonly fraction: number; readonly share: number },
): Line[] {
  if (fees === undefined) return []
  const { earmarked, burned, validators, payouts } = fees
  const mine = payouts.find((payout) => payout.address === address && payout.role === role)
  return [
    {
      label: `fees as ${role}`,
      formula:
        '(earmarked - burned - validators) * fraction * share, whole uallo, rounded down; beside what is paid below',
      inputs: { earmarked, burned, validators, fraction, share },
      value: mine?.amount ?? '0',
    },
  ]
}
