// determinism-allow: a checksum of what lies on this disk, in no root
import { crc32 } from 'node:zlib'

/** Bytes before the content of a checked record. */
export const CHECK_BYTES = 4

/** Writes the checksum of what follows it to the front of a record. `seed` is the checksum of what belongs to it elsewhere. */
export function sealRecord(record: Uint8Array, seed: number = 0): Uint8Array {
  const sum = crc32(record.subarray(CHECK_BYTES), seed)
  record[0] = sum >>> 24
  record[1] = sum >>> 16
  record[2] = sum >>> 8
  record[3] = sum
  return record
}

/** True where a record's checksum is the one of its content. */
export function isIntact(record: Uint8Array, seed: number = 0): boolean {
  if (record.length < CHECK_BYTES) return false
  const sum = crc32(record.subarray(CHECK_BYTES), seed)
  return (
    record[0] === sum >>> 24 &&
    record[1] === ((sum >>> 16) & 255) &&
    record[2] === ((sum >>> 8) & 255) &&
    record[3] === (sum & 255)
  )
}

let scratch = new Uint8Array(4096)

/** An entry's value behind a checksum over key and value; valid until the next one is sealed. */
export function sealValue(key: Uint8Array, value: Uint8Array): Uint8Array {
  const end = CHECK_BYTES + value.length
  if (scratch.length < end) scratch = new Uint8Array(2 * end)
  scratch.set(value, CHECK_BYTES)
  return sealRecord(scratch.subarray(0, end), crc32(key))
}

/** The value of such an entry, not a copy; undefined where the checksum is wrong. */
export function openValue(key: Uint8Array, record: Uint8Array): Uint8Array | undefined {
  return isIntact(record, crc32(key)) ? record.subarray(CHECK_BYTES) : undefined
}
