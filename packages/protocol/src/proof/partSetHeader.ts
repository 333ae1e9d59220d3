import type { PartSetHeader } from './cometTypes.ts'
import { merkleRoot } from './merkleRoot.ts'

const PART_BYTES = 65_536

/** Cuts an encoded block into parts of 64 KiB and hashes them. */
export function partSetHeader(blockBytes: Uint8Array): PartSetHeader {
  const total = Math.ceil(blockBytes.length / PART_BYTES)
  const parts = Array.from({ length: total }, (_, i) => blockBytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES))
  return { total, hash: merkleRoot(parts) }
}
