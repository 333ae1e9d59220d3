import { packTable } from './packTable.ts'

/** A list as doubles of eight bytes each, little-endian. */
export function packDoubles(values: readonly number[]): Uint8Array {
  return packTable([values], 'a list')
}
