import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import type { Verifier } from '@starling/protocol/crypto/secp256k1'

/** Signatures remembered: as many as a mempool holds transactions. */
const MOST = 10_000

/**
 * A verifier that need not check again what it has accepted before: a transaction is checked when it comes, perhaps after
 * each block that leaves it out, and in its block. A pure function of its arguments: what it remembers, all bytes of
 * what it accepted, changes nothing but the speed. At most twice `most` signatures are remembered, 129 bytes each.
 */
export function rememberVerified(verify: Verifier, most: number = MOST): Verifier {
  let recent = new Set<string>()
  let older = new Set<string>()
  return (digest, signature, publicKey) => {
    // The lengths are fixed by the shape, so that no two calls have the same bytes in other parts.
    const name = toLatin1(concatBytes(digest, signature, publicKey))
    if (recent.has(name) || older.has(name)) return true
    if (!verify(digest, signature, publicKey)) return false
    if (recent.size >= most) {
      older = recent
      recent = new Set()
    }
    recent.add(name)
    return true
  }
}

/** A text with one character for each byte. */
function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
