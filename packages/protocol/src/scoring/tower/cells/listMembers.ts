import { compareAddress } from '../../../num/compareAddress.ts'
import type { Address } from '../../types.ts'
import type { TowerRow } from '../towerTypes.ts'

/** Members at most. SPEC VT-10 */
const MOST = 512

/** Known members and the newcomers of the rows, in address order; beyond 512 the newcomers that come first stay. */
export function listMembers(known: readonly Address[], rows: readonly TowerRow[]): readonly Address[] {
  const names = new Set(known)
  const fresh = new Set<Address>()
  for (const { inferences } of rows) for (const { worker } of inferences) if (!names.has(worker)) fresh.add(worker)
  if (fresh.size === 0) return known
  const admitted = [...fresh].toSorted(compareAddress).slice(0, Math.max(0, MOST - known.length))
  return [...known, ...admitted].toSorted(compareAddress)
}
