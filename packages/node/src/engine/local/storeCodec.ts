import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { recordDictionary } from './recordDictionary.ts'

const options = { level: constants.Z_BEST_SPEED, dictionary: recordDictionary } as const

/**
 * Writes a record of plain values, big integers and byte arrays as deflated JSON; `decodeRecord` reads it back. Events
 * repeat themselves, and each other, so much that the fastest level makes a tenth of them.
 */
export function encodeRecord(record: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(pack(record)), options)
}

/** Reads what `encodeRecord` wrote. The caller names the type that it stored under this key. */
export function decodeRecord<T>(bytes: Uint8Array): T {
  return unpack(JSON.parse(inflateRawSync(bytes, options).toString('utf8'))) as T
}

function pack(value: unknown): unknown {
  if (typeof value === 'bigint') return { $n: value.toString() }
  if (value instanceof Uint8Array) return { $b: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(pack)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]))
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack)
  if (typeof value !== 'object' || value === null) return value
  if ('$n' in value) return BigInt(String(value.$n))
  if ('$b' in value) return new Uint8Array(Buffer.from(String(value.$b), 'base64'))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]))
}
