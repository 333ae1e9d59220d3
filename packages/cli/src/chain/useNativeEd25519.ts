import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { toHex } from '@starling/protocol/bytes/hex'
import { useStrictEd25519 } from '@starling/protocol/crypto/ed25519'

/** What stands before the 32 bytes of a key in its DER form (RFC 8410). */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
/** Keys kept ready: more than a network has validators. */
const KEPT = 1024

/**
 * Checks signatures with OpenSSL first, about ten times faster. It compares the encoding of R with the one it computes
 * itself, which is stricter than the equation of ZIP-215: what it accepts that accepts too, what it refuses is asked again.
 */
export function useNativeEd25519(): void {
  const keys = new Map<string, KeyObject>()
  useStrictEd25519((message, signature, publicKey) => {
    const name = toHex(publicKey)
    let key = keys.get(name)
    if (key === undefined) {
      try {
        key = createPublicKey({ key: Buffer.concat([DER_PREFIX, publicKey]), format: 'der', type: 'spki' })
      } catch {
        return false
      }
      if (keys.size >= KEPT) keys.clear()
      keys.set(name, key)
    }
    return verify(null, message, key, signature)
  })
}
