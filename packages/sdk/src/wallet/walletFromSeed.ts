import { fromHex, toHex } from '@starling/protocol/bytes/hex'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { StarlingError } from '../starlingError.ts'
import type { Wallet } from '../types.ts'
import { walletFromPrivateKey } from './walletFromPrivateKey.ts'

/** Keys are the numbers from 1 to n − 1. */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/**
 * The wallet of a named actor of a local network: the same seed and name give the same key everywhere. Whoever knows
 * the seed knows the key, so it is for networks whose coins are worth nothing.
 *
 * key = 1 + SHA-256('starling/wallet/<characters of the seed>/<seed>/<name>') mod (n − 1)
 *
 * @example
 * walletFromSeed('42', 'worker-1').address
 */
export function walletFromSeed(seed: string, name: string): Wallet {
  if (seed === '' || name === '') {
    throw new StarlingError('bad-input', 'A key from a seed needs a seed and a name; neither may be empty.')
  }
  // The length in front keeps ('a/b', 'c') and ('a', 'b/c') apart.
  const digest = sha256(toUtf8(`starling/wallet/${seed.length}/${seed}/${name}`))
  const number = (BigInt(`0x${toHex(digest)}`) % (CURVE_ORDER - 1n)) + 1n
  return walletFromPrivateKey(fromHex(number.toString(16).padStart(64, '0')) ?? digest)
}
