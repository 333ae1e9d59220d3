import { compareAddress } from '../../num/compareAddress.ts'
import type { Address } from '../types.ts'
import type { Skipped } from './settleTypes.ts'

/** Entries in address order. Who is listed more than once counts not at all, so that no order of the input decides. */
export function uniqueBy<T>(
  entries: readonly T[],
  addressOf: (entry: T) => Address,
  field: string,
): { readonly unique: readonly T[]; readonly skipped: readonly Skipped[] } {
  const counts = new Map<Address, number>()
  for (const entry of entries) counts.set(addressOf(entry), (counts.get(addressOf(entry)) ?? 0) + 1)
  const sorted = entries.toSorted((a, b) => compareAddress(addressOf(a), addressOf(b)))
  const isAlone = (entry: T): boolean => counts.get(addressOf(entry)) === 1
  const repeated: ReadonlySet<Address> = new Set(sorted.filter((entry) => !isAlone(entry)).map(addressOf))
  return {
    unique: sorted.filter(isAlone),
    skipped: [...repeated].map((who) => ({ who, field, reason: 'Listed more than once; expected one entry each.' })),
  }
}
