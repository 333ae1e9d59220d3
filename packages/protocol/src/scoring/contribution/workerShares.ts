import type { Address } from '../types.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ChosenBaseline, ContributionShare, ContributionState } from './contributionTypes.ts'
import { sharesBySkill } from './sharesBySkill.ts'
import { workerSkills } from './workerSkills.ts'

/**
 * Share of the workers' pot of each one present in the epoch that was just entered into `state`: weight in the
 * least-variance combination of those with skill × skill, over the sum. Shares sum to 1, or all are 0. `present` and the
 * result in ascending address order. SPEC VT-6
 */
export function workerShares(
  state: ContributionState,
  present: readonly Address[],
  baseline: ChosenBaseline | null = chooseBaseline(state.window),
): readonly ContributionShare[] {
  return sharesBySkill(workerSkills(state, baseline, present), state.workers, baseline?.bound ?? 0)
}
