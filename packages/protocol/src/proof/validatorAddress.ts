import { sha256 } from '../crypto/sha256.ts'

/** Address of a validator: the first 20 bytes of SHA-256 of its ed25519 key. */
export function validatorAddress(publicKey: Uint8Array): Uint8Array {
  return sha256(publicKey).slice(0, 20)
}
