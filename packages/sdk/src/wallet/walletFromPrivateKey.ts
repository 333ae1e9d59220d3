import { fromHex } from '@starling/protocol/bytes/hex'
import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import { publicKeyOf } from '@starling/protocol/crypto/secp256k1'
import { StarlingError } from '../starlingError.ts'
import type { Wallet } from '../types.ts'

/** The wallet of a raw secp256k1 key: 32 bytes, or their 64 hexadecimal digits. */
export function walletFromPrivateKey(key: Uint8Array | string): Wallet {
  const bytes = typeof key === 'string' ? fromHex(key.trim()) : key.slice()
  if (bytes?.length !== 32) {
    throw new StarlingError('bad-input', 'A private key has 32 bytes, that is 64 hexadecimal digits; this one has not.')
  }
  const publicKey = publicKeyIn(bytes)
  return { address: addressOfPublicKey(publicKey), publicKey, privateKey: bytes }
}

function publicKeyIn(privateKey: Uint8Array): Uint8Array {
  try {
    return publicKeyOf(privateKey)
  } catch {
    // The cause may quote the key, so it is not passed on.
    throw new StarlingError('bad-input', 'These 32 bytes are no private key: the number must lie from 1 to n − 1.')
  }
}
