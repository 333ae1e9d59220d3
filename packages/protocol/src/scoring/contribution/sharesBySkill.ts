import { sum } from '../../num/sum.ts'
import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import type { ContributionShare, ContributorState, RelativeSkill } from './contributionTypes.ts'
import { leastVariance } from './leastVariance.ts'
import { mostSkilled } from './mostSkilled.ts'
import { residualMoments } from './residualMoments.ts'

/**
 * Shares from skills (≥ 0, in units of the clip bound) in address order: weight in the least-variance combination of those
 * with skill × skill, over the sum. Shares sum to 1, or all are 0. Skills are given back in units of loss. SPEC VT-6
 */
export function sharesBySkill(
  skills: readonly RelativeSkill[],
  contributors: Readonly<Record<Address, ContributorState>>,
  bound: number,
): readonly ContributionShare[] {
  const members = mostSkilled(skills)
  const weights = leastVariance(
    residualMoments(members.map(({ worker }) => entryOf(contributors, worker)?.residuals ?? [])),
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
