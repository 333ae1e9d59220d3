import { ripemd160 } from '@noble/hashes/legacy.js'
import { bech32 } from '@scure/base'
import { sha256 } from './sha256.ts'

/** Human-readable part of account addresses. */
export const ADDRESS_PREFIX = 'allo'
const MAX_TEXT_LENGTH = 90

/** bech32 text of 20 or 32 address bytes. */
export function formatAddress(bytes: Uint8Array): string {
  return bech32.encode(ADDRESS_PREFIX, bech32.toWords(bytes), MAX_TEXT_LENGTH)
}

/** Address bytes of a bech32 text; undefined where prefix, checksum, case or length is wrong. */
export function parseAddress(text: string): Uint8Array | undefined {
  if (text.length > MAX_TEXT_LENGTH || /[A-Z]/.test(text)) return undefined
  const decoded = bech32.decodeUnsafe(text, MAX_TEXT_LENGTH)
  if (decoded === undefined || decoded.prefix !== ADDRESS_PREFIX) return undefined
  const bytes = bech32.fromWordsUnsafe(decoded.words)
  if (bytes === undefined || (bytes.length !== 20 && bytes.length !== 32)) return undefined
  return bytes
}

/** Account address of a compressed secp256k1 key: RIPEMD-160 of SHA-256. */
export function addressOfPublicKey(publicKey: Uint8Array): string {
  return formatAddress(ripemd160(sha256(publicKey)))
}

/** Address of a module account: the first 20 bytes of SHA-256 of its name, as the Cosmos SDK derives it. */
export function addressOfModule(name: string): string {
  return formatAddress(sha256(new TextEncoder().encode(name)).slice(0, 20))
}
