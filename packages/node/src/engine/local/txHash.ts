import { sha256, toUpperHex } from './bytes.ts'

/** A transaction's name: SHA-256 of its bytes, upper-case hexadecimal. */
export function txHash(tx: Uint8Array): string {
  return toUpperHex(sha256(tx))
}
