import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '@starling/protocol/bytes/hex'
import { toUtf8 } from '@starling/protocol/bytes/utf8'

/** A digest that takes values one after the other. */
export type Digest = { add(value: unknown): void; hex(): string }

/** The 64 bits of a double as 16 hexadecimal digits; −0 has its own. */
function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

/** One spelling of a plain value, doubles by their bits, the keys of objects sorted. */
export function spell(value: unknown): string {
  if (Number.isNaN(value)) return 'NaN'
  if (typeof value === 'number') return `n${bitsOf(value)}`
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Uint8Array) return `x${toHex(value)}`
  if (Array.isArray(value)) return `[${value.map(spell).join()}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${spell(part)}`)
  return `{${entries.sort((a, b) => (a < b ? -1 : 1)).join()}}`
}

/** An empty digest. */
export function createDigest(): Digest {
  const state = sha256.create()
  return {
    add: (value) => void state.update(toUtf8(`${spell(value)}\n`)),
    hex: () => toHex(state.digest()),
  }
}
