import { sum } from '../../num/sum.ts'
import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ContributionShare, ContributionState } from './contributionTypes.ts'
import { relativeGains } from './relativeGains.ts'
import { skillOf } from './skillOf.ts'

/**
 * Share of the forecasters' pot of each one present: its skill over the sum of skills, where the difference of an epoch is
 * what its implied value took off the network's loss (one-out loss − loss), clipped like the workers' over the same K.
 * Shares sum to 1, or all are 0; the weight is the share. SPEC VT-6
 */
export function forecasterShares(state: ContributionState, present: readonly Address[]): readonly ContributionShare[] {
  const bound = chooseBaseline(state.window)?.bound ?? 0
  const skills = present.map((worker) => {
    const entries = entryOf(state.forecasters, worker) ?? []
    return bound === 0 ? 0 : skillOf(relativeGains(entries, state.window, bound), entries)
  })
  const total = sum(skills)
  return present.map((worker, i) => {
    const skill = skills[i] ?? 0
    const share = total > 0 ? skill / total : 0
    return { worker, skill: skill * bound, weight: share, share }
  })
}
