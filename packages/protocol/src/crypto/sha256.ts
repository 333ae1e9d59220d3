import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** SHA-256 of bytes, 32 bytes. */
export type Hasher = (bytes: Uint8Array) => Uint8Array

let hasher: Hasher = nobleSha256

/** SHA-256 of bytes, 32 bytes, with the implementation in use. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hasher(bytes)
}

/** Replaces the portable implementation by a faster one of the same function (ADR-004). */
export function useSha256(faster: Hasher): void {
  hasher = faster
}
