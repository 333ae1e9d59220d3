import { hash } from 'node:crypto'

/** SHA-256 of bytes by the native library, 32 bytes. */
export function hashBytes(bytes: Uint8Array): Uint8Array {
  // A string is cheaper than a buffer of its own for every digest.
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1')
}
