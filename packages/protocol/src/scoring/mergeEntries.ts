import { compareAddress } from '../num/compareAddress.ts'
import { entriesOf } from './entriesOf.ts'
import type { Address } from './types.ts'

/** A record with the entries put over the stored ones, its names in address order, as those of `stored` must be. */
export function mergeEntries<V>(
  stored: Readonly<Record<Address, V>>,
  entries: readonly (readonly [Address, V])[],
): Readonly<Record<Address, V>> {
  const merged = new Map(entriesOf(stored))
  const known = merged.size
  for (const [address, value] of entries) merged.set(address, value)
  // Sorting is most of the cost, and only newcomers need it.
  const ordered = merged.size === known ? merged : [...merged].toSorted(([a], [b]) => compareAddress(a, b))
  return Object.fromEntries(ordered)
}
