import { splitCoins } from '../rewards/splitCoins.ts'
import type { ByRole, Reward } from '../settle/settleTypes.ts'

/** Parts of an epoch's pot by class, summing to at most 1. */
export type PotParts = { readonly inferers: number; readonly forecasters: number; readonly reputers: number }

/**
 * Pays an epoch's pot in uallo: each class has its part, split by the shares (≥ 0, sum at most 1) of its members and
 * truncated; `unpaid` is what truncation left and the parts of classes whose shares are all 0. Rewards in the order
 * reputers, inferers, forecasters; together with `unpaid` exactly the pot. SPEC VT-6
 */
export function splitPot(
  pot: bigint,
  shares: ByRole,
  parts: PotParts,
): { readonly rewards: readonly Reward[]; readonly unpaid: bigint } {
  const claims = [
    ...shares.reputers.map((one) => ({ ...one, role: 'reputer' as const, part: parts.reputers })),
    ...shares.inferers.map((one) => ({ ...one, role: 'inferer' as const, part: parts.inferers })),
    ...shares.forecasters.map((one) => ({ ...one, role: 'forecaster' as const, part: parts.forecasters })),
  ]
  const { amounts, rest } = splitCoins(
    pot,
    claims.map(({ value, part }) => value * part),
  )
  const rewards = claims.map(({ worker, role }, i) => ({ address: worker, role, amount: amounts[i] ?? 0n }))
  return { rewards: rewards.filter(({ amount }) => amount > 0n), unpaid: rest }
}
