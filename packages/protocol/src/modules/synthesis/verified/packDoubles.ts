import { packTable } from './packTable.ts'

/** A list as doubles of eight bytes each, little-endian. Throws STATE_DAMAGED where one is not finite. */
export function packDoubles(values: readonly number[], field: string): Uint8Array {
  return packTable([values], field)
}
