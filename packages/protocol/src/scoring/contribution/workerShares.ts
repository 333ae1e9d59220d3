import { compareAddress } from '../../num/compareAddress.ts'
import { sum } from '../../num/sum.ts'
import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ContributionShare, ContributionState } from './contributionTypes.ts'
import { leastVariance } from './leastVariance.ts'
import { relativeDifferences } from './relativeDifferences.ts'
import { residualMoments } from './residualMoments.ts'
import { skillOf } from './skillOf.ts'

const MOST_MEMBERS = 64

type Skilled = { readonly worker: Address; readonly skill: number }

/** At most 64 with skill, the most skilled (of equal ones the first by address), in address order. */
function mostSkilled(list: readonly Skilled[]): readonly Skilled[] {
  const skilled = list.filter(({ skill }) => skill > 0)
  if (skilled.length <= MOST_MEMBERS) return skilled
  const chosen = skilled.toSorted((a, b) => b.skill - a.skill || compareAddress(a.worker, b.worker))
  return chosen.slice(0, MOST_MEMBERS).sort((a, b) => compareAddress(a.worker, b.worker))
}

/**
 * Share of the workers' pot of each one present in the epoch that was just entered into `state`: weight in the
 * least-variance combination of those with skill × skill, over the sum. Shares sum to 1, or all are 0. `present` and the
 * result in ascending address order. SPEC VT-6
 */
export function workerShares(state: ContributionState, present: readonly Address[]): readonly ContributionShare[] {
  const baseline = chooseBaseline(state.window)
  const bound = baseline?.bound ?? 0
  const skills = present.map((worker) => {
    const losses = entryOf(state.workers, worker)?.losses ?? []
    if (baseline === null || bound === 0) return { worker, skill: 0 }
    return { worker, skill: skillOf(relativeDifferences(losses, state.window, baseline), losses) }
  })
  const members = mostSkilled(skills)
  const weights = leastVariance(
    residualMoments(members.map(({ worker }) => entryOf(state.workers, worker)?.residuals ?? [])),
  )
  const products = members.map(({ skill }, i) => skill * (weights[i] ?? 0))
  const total = sum(products)
  const placeOf = new Map(members.map(({ worker }, i) => [worker, i]))
  return skills.map(({ worker, skill }) => {
    const place = placeOf.get(worker)
    const weight = place === undefined ? 0 : (weights[place] ?? 0)
    const product = place === undefined ? 0 : (products[place] ?? 0)
    return { worker, skill: skill * bound, weight, share: total > 0 ? product / total : 0 }
  })
}
