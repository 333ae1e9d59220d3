import { damaged } from './damaged.ts'
import { storableNumber } from './storableNumber.ts'

/**
 * Rows of one length, one after another, as doubles of eight bytes each, little-endian. Throws STATE_DAMAGED where
 * rows differ in length.
 *
 * PERF: twenty times as fast as a packed `repeated double`, for which the library makes a buffer a number.
 */
export function packTable(rows: readonly (readonly number[])[], field: string): Uint8Array {
  const columns = rows[0]?.length ?? 0
  const bytes = new Uint8Array(8 * rows.length * columns)
  const view = new DataView(bytes.buffer)
  let offset = 0
  for (const row of rows) {
    if (row.length !== columns) throw damaged(`rows of ${field} differ in length`)
    for (const value of row) {
      view.setFloat64(offset, storableNumber(value), true) // determinism-allow: no NaN and no −0: one pattern each
      offset += 8
    }
  }
  return bytes
}
