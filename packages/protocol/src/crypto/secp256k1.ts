import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import { compareBytes } from '../bytes/compareBytes.ts'

const ORDER: Uint8Array = hexToBytes('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')
/** (n − 1) / 2, as n is odd. */
const HALF_ORDER: Uint8Array = hexToBytes('7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0')
const ZERO = new Uint8Array(32)

/** Checks a 64-byte r‖s signature over a 32-byte digest; fixed at start by `useVerifier`. */
export type Verifier = (digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean

/**
 * The written acceptance set, the same for every implementation: a 33-byte compressed key of a point on the curve, a
 * 64-byte r‖s signature with 0 < r < n and 0 < s ≤ n/2 (low-S), a 32-byte digest.
 */
export function verifyPortable(digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (!hasLegalShape(digest, signature, publicKey)) return false
  try {
    return secp256k1.verify(signature, digest, publicKey, { prehash: false, lowS: true, format: 'compact' })
  } catch {
    // determinism-allow: the library throws on a key that is no point of the curve, which is refused like a wrong one
    return false
  }
}

/** True where the parts have the lengths, prefix and low S that every verifier demands. */
export function hasLegalShape(digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (digest.length !== 32 || signature.length !== 64 || publicKey.length !== 33) return false
  if (publicKey[0] !== 2 && publicKey[0] !== 3) return false
  const r = signature.subarray(0, 32)
  const s = signature.subarray(32)
  if (compareBytes(r, ZERO) <= 0 || compareBytes(r, ORDER) >= 0) return false
  return compareBytes(s, ZERO) > 0 && compareBytes(s, HALF_ORDER) <= 0
}

let verifier: Verifier = verifyPortable

/** Checks a signature with the verifier in use. */
export function verifySecp256k1(digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  return verifier(digest, signature, publicKey)
}

/** Replaces the verifier by a faster one with the same acceptance set (ADR-004). */
export function useVerifier(faster: Verifier): void {
  verifier = (digest, signature, publicKey) =>
    hasLegalShape(digest, signature, publicKey) && faster(digest, signature, publicKey)
}

/** Signs a 32-byte digest with a private key: RFC 6979, low-S, 64 bytes r‖s. */
export type Signer = (digest: Uint8Array, privateKey: Uint8Array) => Uint8Array

/** The portable signer. */
export const signPortable: Signer = (digest, privateKey) =>
  secp256k1.sign(digest, privateKey, { prehash: false, lowS: true, format: 'compact' })

let signer: Signer = signPortable

/** Signs a 32-byte digest deterministically (RFC 6979), low-S, 64 bytes r‖s. */
export function signSecp256k1(digest: Uint8Array, privateKey: Uint8Array): Uint8Array {
  return signer(digest, privateKey)
}

/** Replaces the signer by a faster one that makes the same signatures (ADR-004). */
export function useSigner(faster: Signer): void {
  signer = faster
}

/** Compressed 33-byte public key of a private key. */
export function publicKeyOf(privateKey: Uint8Array): Uint8Array {
  return secp256k1.getPublicKey(privateKey, true)
}
