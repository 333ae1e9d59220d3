import { fromBase64 } from '../bytes/base64.ts'
import { fromHex } from '../bytes/hex.ts'
import { readWhole } from '../num/readWhole.ts'
import type { Time } from './cometTypes.ts'
import { parseTime } from './parseTime.ts'
import { ProofError } from './proofError.ts'

/** A place in a JSON answer. Each reading throws `ProofError` MALFORMED with the place's name where it is not what it should be. */
export type JsonReader = {
  readonly field: (name: string) => JsonReader
  readonly has: (name: string) => boolean
  readonly items: () => readonly JsonReader[]
  readonly text: () => string
  /** A whole number from 0 to 2^63 − 1, as text; a plain number up to 2^53 − 1 also. */
  readonly whole: () => bigint
  /** Hexadecimal of a length among these, in bytes. */
  readonly hex: (...lengths: readonly number[]) => Uint8Array
  /** Base64; empty where it is null or missing. */
  readonly base64: () => Uint8Array
  readonly time: () => Time
  readonly refuse: (expected: string) => ProofError
}

const LARGEST = (1n << 63n) - 1n

/** Reads a JSON value that came from outside. */
// determinism-allow: it goes as deep as the names that its callers write
export function jsonReader(value: unknown, name: string): JsonReader {
  const refuse = (expected: string): ProofError =>
    new ProofError('MALFORMED', `${name} is not what CometBFT answers: expected ${expected}.`)
  const text = (): string => {
    if (typeof value === 'string') return value
    throw refuse('a text')
  }
  const members = (): ReadonlyMap<string, unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('an object')
    // determinism-allow: only looked up by name
    return new Map(Object.entries(value))
  }
  return {
    field: (key) => jsonReader(members().get(key), `${name}.${key}`),
    has: (key) => members().has(key),
    items() {
      if (!Array.isArray(value)) throw refuse('a list')
      return value.map((item: unknown, index) => jsonReader(item, `${name}[${index}]`))
    },
    text,
    whole() {
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value)
      if (typeof value !== 'string' || !/^[0-9]{1,19}$/.test(value)) throw refuse('a whole number')
      const whole = readWhole(value)
      if (whole > LARGEST) throw refuse('a whole number of at most 63 bits')
      return whole
    },
    hex(...lengths) {
      const bytes = fromHex(text())
      if (bytes === undefined || !lengths.includes(bytes.length)) {
        throw refuse(`hexadecimal of ${lengths.join(' or ')} bytes`)
      }
      return bytes
    },
    base64() {
      const bytes = value === undefined || value === null ? new Uint8Array() : fromBase64(text())
      if (bytes === undefined) throw refuse('base64')
      return bytes
    },
    time() {
      const time = parseTime(text())
      if (time === undefined) throw refuse('a time such as 2026-01-31T23:59:59.5Z')
      return time
    },
    refuse,
  }
}
