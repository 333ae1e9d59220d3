import { damaged } from './damaged.ts'
import { unpackDoubles } from './unpackDoubles.ts'

/** So many rows of what `packTable` wrote, of so many columns, or of as many as there are. Throws STATE_DAMAGED. */
export function unpackTable(
  bytes: Uint8Array,
  field: string,
  rows: number,
  columns: number = rows === 0 ? 0 : bytes.length / 8 / rows,
): readonly (readonly number[])[] {
  if (!Number.isInteger(columns)) throw damaged(`${field} has ${bytes.length} bytes, which are not ${rows} rows`)
  const values = unpackDoubles(bytes, field, rows * columns)
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns))
}
