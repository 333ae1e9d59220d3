import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { sha256, u32, u64 } from './bytes.ts'

/** What a block's hash commits to. */
export type BlockHeader = {
  readonly chainId: string
  readonly height: bigint
  /** Milliseconds since 1970: max(previous + 1, wall clock); enters no rule (SPEC GR-2). */
  readonly timeMs: bigint
  /** Hash of the block before; empty for block 1. */
  readonly previousHash: Uint8Array
  /** Merkle root of the transactions, see `dataHash`. */
  readonly dataHash: Uint8Array
  /** Application hash after the block before; after genesis for block 1. */
  readonly appHash: Uint8Array
}

const HEADER_TAG = toUtf8('starling/header/1')

/** SHA-256 over the canonical encoding of a header: a tag, two big-endian u64, then length-prefixed fields. */
export function blockHash(header: BlockHeader): Uint8Array {
  const fields = [header.previousHash, header.dataHash, header.appHash, toUtf8(header.chainId)]
  const encoded = fields.flatMap((field) => [u32(field.length), field])
  return sha256(HEADER_TAG, u64(header.height), u64(header.timeMs), ...encoded)
}

/** RFC 6962 Merkle root over the SHA-256 of each transaction: CometBFT's `data_hash`. */
export function dataHash(txs: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(txs.map((tx) => sha256(Uint8Array.of(0), sha256(tx))))
}

function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (first === undefined) return sha256()
  if (leaves.length === 1) return first
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Uint8Array.of(1), merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)))
}
