import { tabulate } from '../../../num/tabulate.ts'
import type { Cell } from '../cells/cell.ts'
import type { PerMember } from '../towerTypes.ts'

/** Just below what all others have together. */
const NEARLY = 1 - 1e-6

/**
 * The trust of a cell's members, where nobody has more than all others together: whoever alone was right for long and then
 * lies would take the anchor along, and everybody else would be held to it. Of two members nothing tells which lies.
 */
export function withoutMajority(trust: PerMember, { awake }: Cell): PerMember {
  let total = 0
  let count = 0
  let first = 0
  for (let j = 0; j < awake.length; j += 1) {
    if (!awake[j]) continue
    count += 1
    total += trust[j] ?? 0
    if ((trust[j] ?? 0) > (trust[first] ?? 0) || !awake[first]) first = j
  }
  const others = (total - (trust[first] ?? 0)) * NEARLY
  if (count < 3 || (trust[first] ?? 0) <= others) return trust
  return tabulate(trust.length, (j) => (j === first ? others : (trust[j] ?? 0)))
}
