import { sha256 } from '../crypto/sha256.ts'
import { merkleRoot } from './merkleRoot.ts'

/** Merkle root over the hashes of a block's transactions: `data_hash`. */
export function dataHash(txs: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(txs.map(sha256))
}
