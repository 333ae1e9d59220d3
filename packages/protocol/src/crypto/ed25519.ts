import { ed25519 } from '@noble/curves/ed25519.js'

/** A check that accepts nothing which ZIP-215 refuses; what it refuses is looked at again. */
export type StrictCheck = (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean

let strictCheck: StrictCheck | undefined

/**
 * Checks a 64-byte ed25519 signature by the rules of ZIP-215, as CometBFT does: a key or a signature of another length,
 * or one that is no point of the curve, is refused like a wrong one.
 */
export function verifyEd25519(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  if (strictCheck?.(message, signature, publicKey) === true) return true
  return ed25519.verify(signature, message, publicKey, { zip215: true })
}

/** Asks a faster and stricter check first, so that the verdicts stay those of ZIP-215 (DET-20). */
export function useStrictEd25519(check: StrictCheck): void {
  strictCheck = check
}
