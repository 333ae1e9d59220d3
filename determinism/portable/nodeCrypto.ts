import { sha256 } from '@noble/hashes/sha2.js'

// What consensus code uses of node:crypto, in plain TypeScript.

type Encoding = 'hex' | 'binary' | 'latin1' | 'buffer'

function written(digest: Uint8Array, encoding: Encoding | undefined): string | Uint8Array {
  if (encoding === undefined || encoding === 'buffer') return digest
  const radix = encoding === 'hex'
  const texts = Array.from(digest, (byte) => (radix ? byte.toString(16).padStart(2, '0') : String.fromCharCode(byte)))
  return texts.join('')
}

function onlySha256(algorithm: string): void {
  if (algorithm !== 'sha256') throw new Error(`consensus code hashes with sha256, not with ${algorithm}`)
}

/** As `hash` of node:crypto, for SHA-256. */
export function hash(algorithm: string, bytes: Uint8Array, encoding: Encoding = 'hex'): string | Uint8Array {
  onlySha256(algorithm)
  return written(sha256(bytes), encoding)
}

type Hash = { update(bytes: Uint8Array): Hash; digest(encoding?: Encoding): string | Uint8Array }

/** As `createHash` of node:crypto, for SHA-256. */
export function createHash(algorithm: string): Hash {
  onlySha256(algorithm)
  const state = sha256.create()
  const self: Hash = {
    update(bytes) {
      state.update(bytes)
      return self
    },
    digest: (encoding) => written(state.digest(), encoding),
  }
  return self
}
