import { toHex } from '@starling/protocol/bytes/hex'
import { sha256 } from '@starling/protocol/crypto/sha256'

/** Name of a transaction: SHA-256 of its bytes in upper-case hexadecimal. */
export function txHash(tx: Uint8Array): string {
  return toHex(sha256(tx)).toUpperCase()
}
