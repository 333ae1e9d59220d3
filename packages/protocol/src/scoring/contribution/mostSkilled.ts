import { compareAddress } from '../../num/compareAddress.ts'
import type { RelativeSkill } from './contributionTypes.ts'

/** Members of the least-variance combination at most. SPEC VT-6 */
const MOST_MEMBERS = 64

/** Of skills in one unit at most 64 above 0, the most skilled (of equal ones the first by address), in address order. SPEC VT-6 */
export function mostSkilled(list: readonly RelativeSkill[]): readonly RelativeSkill[] {
  const skilled = list.filter(({ skill }) => skill > 0)
  if (skilled.length <= MOST_MEMBERS) return skilled
  const chosen = skilled.toSorted((a, b) => b.skill - a.skill || compareAddress(a.worker, b.worker))
  return chosen.slice(0, MOST_MEMBERS).sort((a, b) => compareAddress(a.worker, b.worker))
}
