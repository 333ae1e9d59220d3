import { damaged } from './damaged.ts'
import { storedNumber } from './storedNumber.ts'

/** What `packDoubles` wrote. Throws STATE_DAMAGED where the bytes are no finite numbers, or not `count` of them. */
export function unpackDoubles(bytes: Uint8Array, field: string, count: number = bytes.length / 8): readonly number[] {
  if (bytes.length !== 8 * Math.floor(count)) {
    throw damaged(`${field} has ${bytes.length} bytes, which are not ${Math.ceil(count)} numbers`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const values: number[] = []
  for (let offset = 0; offset < bytes.length; offset += 8) {
    values.push(storedNumber(view.getFloat64(offset, true), field)) // determinism-allow: refused unless finite, −0 is 0
  }
  return values
}
