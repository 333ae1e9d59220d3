import type { Address } from './types.ts'

/** Entries of a record by address, in the order it was filled, which every writer keeps ascending. */
export function entriesOf<V>(record: Readonly<Record<Address, V>>): readonly (readonly [Address, V])[] {
  // determinism-allow: addresses begin with a letter, so that none goes first
  return Object.entries(record)
}
