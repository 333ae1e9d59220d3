import { ed25519 } from '@noble/curves/ed25519.js'

/**
 * Checks a 64-byte ed25519 signature by the rules of ZIP-215, as CometBFT does: a key or a signature of another length,
 * or one that is no point of the curve, is refused like a wrong one.
 */
export function verifyEd25519(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  return ed25519.verify(signature, message, publicKey, { zip215: true })
}
