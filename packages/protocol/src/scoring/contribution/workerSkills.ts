import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import type { ChosenBaseline, ContributionState, RelativeSkill } from './contributionTypes.ts'
import { relativeDifferences } from './relativeDifferences.ts'
import { skillOf } from './skillOf.ts'

/** Skill of each worker in units of the baseline's clip bound; 0 where there is no bound. SPEC VT-6 */
export function workerSkills(
  state: ContributionState,
  baseline: ChosenBaseline | null,
  workers: readonly Address[],
): readonly RelativeSkill[] {
  return workers.map((worker) => {
    const entries = entryOf(state.workers, worker)?.entries ?? []
    if (baseline === null || baseline.bound === 0) return { worker, skill: 0 }
    return { worker, skill: skillOf(relativeDifferences(entries, state.window, baseline), entries) }
  })
}
