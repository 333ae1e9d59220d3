import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto'
import type { Validator } from '@starling/protocol/proof/cometTypes'
import { validatorAddress } from '@starling/protocol/proof/validatorAddress'

/** The embedded engine's one validator, and its signature by ed25519. */
export type BlockSigner = { readonly validator: Validator; readonly sign: (bytes: Uint8Array) => Uint8Array }

/** What PKCS #8 puts before the 32 bytes of an ed25519 key. */
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A validator with a key from 32 secret bytes; without them, a new random one. */
export function createBlockSigner(seed: Uint8Array = randomBytes(32)): BlockSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_START, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
  return {
    validator: { address: validatorAddress(publicKey), publicKey, power: 1n },
    // PERF: the key object is made once; it is most of the cost.
    sign: (bytes) => new Uint8Array(sign(null, bytes, key)),
  }
}
