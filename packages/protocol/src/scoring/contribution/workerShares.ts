import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ContributionShare, ContributionState } from './contributionTypes.ts'
import { relativeDifferences } from './relativeDifferences.ts'
import { sharesBySkill } from './sharesBySkill.ts'
import { skillOf } from './skillOf.ts'

/**
 * Share of the workers' pot of each one present in the epoch that was just entered into `state`: weight in the
 * least-variance combination of those with skill × skill, over the sum. Shares sum to 1, or all are 0. `present` and the
 * result in ascending address order. SPEC VT-6
 */
export function workerShares(state: ContributionState, present: readonly Address[]): readonly ContributionShare[] {
  const baseline = chooseBaseline(state.window)
  const bound = baseline?.bound ?? 0
  const skills = present.map((worker) => {
    const entries = entryOf(state.workers, worker)?.entries ?? []
    if (baseline === null || bound === 0) return { worker, skill: 0 }
    return { worker, skill: skillOf(relativeDifferences(entries, state.window, baseline), entries) }
  })
  return sharesBySkill(skills, state.workers, bound)
}
