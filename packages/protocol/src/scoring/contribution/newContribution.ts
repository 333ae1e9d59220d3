import type { ContributionState } from './contributionTypes.ts'

/** The contribution state of a topic before its first truth. SPEC VT-6 */
export function newContribution(): ContributionState {
  return { baseline: { truths: [], epochs: 0, mean: 0, counts: [] }, window: [], workers: {}, forecasters: {} }
}
