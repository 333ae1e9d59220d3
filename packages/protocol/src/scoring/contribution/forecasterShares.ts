import type { Address } from '../types.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ContributionShare, ContributionState } from './contributionTypes.ts'
import { forecasterSkills } from './forecasterSkills.ts'
import { sharesBySkill } from './sharesBySkill.ts'

/**
 * Share of the forecasters' pot of each one present: its skill × the weight of its implied value in the least-variance
 * combination of those with skill, over the sum, where the difference of an epoch is what its implied value takes off the
 * network's loss (one-out loss − loss), clipped like the workers' over the same K. Shares sum to 1, or all are 0. SPEC VT-6
 */
export function forecasterShares(
  state: ContributionState,
  present: readonly Address[],
  bound: number = chooseBaseline(state.window)?.bound ?? 0,
): readonly ContributionShare[] {
  if (present.length === 0) return []
  return sharesBySkill(forecasterSkills(state, bound, present), state.forecasters, bound)
}
