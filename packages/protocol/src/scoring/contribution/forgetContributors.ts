import { compareAddress } from '../../num/compareAddress.ts'
import type { Address } from '../types.ts'
import type { ContributorState } from './contributionTypes.ts'

const MOST = 512

/** Epochs since it last took part; its whole memory if it never did. */
function silence({ entries }: ContributorState): number {
  const last = entries.findLastIndex((entry) => entry !== 'absent' && entry !== 'missed')
  return entries.length - 1 - last
}

/**
 * At most 512 contributors, those who took part last (of equal ones the first by address), as a record in address order.
 * Who is forgotten and comes back starts without skill, like a newcomer: nothing is gained by it.
 */
export function forgetContributors(
  list: readonly (readonly [Address, ContributorState])[],
): Readonly<Record<Address, ContributorState>> {
  if (list.length <= MOST) return Object.fromEntries(list)
  const aged = list.map((one) => ({ one, silence: silence(one[1]) }))
  aged.sort((a, b) => a.silence - b.silence || compareAddress(a.one[0], b.one[0]))
  const kept = aged.slice(0, MOST).map(({ one }) => one)
  return Object.fromEntries(kept.sort(([a], [b]) => compareAddress(a, b)))
}
