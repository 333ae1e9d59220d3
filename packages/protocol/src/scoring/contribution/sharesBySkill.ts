import { compareAddress } from '../../num/compareAddress.ts'
import { sum } from '../../num/sum.ts'
import { entryOf } from '../entryOf.ts'
import type { Address } from '../types.ts'
import type { ContributionShare, ContributorState, RelativeSkill } from './contributionTypes.ts'
import { leastVariance } from './leastVariance.ts'
import { residualMoments } from './residualMoments.ts'

const MOST_MEMBERS = 64

/** At most 64 with skill, the most skilled (of equal ones the first by address), in address order. */
function mostSkilled(list: readonly RelativeSkill[]): readonly RelativeSkill[] {
  const skilled = list.filter(({ skill }) => skill > 0)
  if (skilled.length <= MOST_MEMBERS) return skilled
  const chosen = skilled.toSorted((a, b) => b.skill - a.skill || compareAddress(a.worker, b.worker))
  return chosen.slice(0, MOST_MEMBERS).sort((a, b) => compareAddress(a.worker, b.worker))
}

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
