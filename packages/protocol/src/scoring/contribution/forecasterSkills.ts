import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import type { ContributionState, RelativeSkill } from './contributionTypes.ts'
import { relativeGains } from './relativeGains.ts'
import { skillOf } from './skillOf.ts'

/** Skill of each forecaster in units of the baseline's clip bound; 0 where that is 0. SPEC VT-6 */
export function forecasterSkills(
  state: ContributionState,
  bound: number,
  forecasters: readonly Address[],
): readonly RelativeSkill[] {
  return forecasters.map((worker) => {
    const entries = entryOf(state.forecasters, worker)?.entries ?? []
    return { worker, skill: bound === 0 ? 0 : skillOf(relativeGains(entries, state.window, bound), entries) }
  })
}
