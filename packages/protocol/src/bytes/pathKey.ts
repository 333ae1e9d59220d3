import { toUtf8 } from './utf8.ts'

/** Decimal digits of 2^64 − 1: numbers padded to it sort by value. */
const DIGITS = 20

/** A store key as a readable path, for example `topic/00000000000000000007`. State keys are public API. */
export function pathKey(...parts: readonly (string | bigint)[]): Uint8Array {
  return toUtf8(parts.map(toPart).join('/'))
}

/** Prefix of all keys below a path: the path and a closing slash. */
export function pathPrefix(...parts: readonly (string | bigint)[]): Uint8Array {
  return toUtf8(`${parts.map(toPart).join('/')}/`)
}

function toPart(part: string | bigint): string {
  return typeof part === 'bigint' ? part.toString().padStart(DIGITS, '0') : part
}
