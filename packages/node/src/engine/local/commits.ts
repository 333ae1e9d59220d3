import type { Commit } from '@starling/protocol/proof/cometTypes'
import { toTime } from './blockHeader.ts'
import type { BlockStore, BlockSummary } from './blockStore.ts'

type Signed = Pick<BlockSummary, 'header' | 'hash' | 'parts' | 'lastSignature' | 'seenSignature'>

/** The commit that a block carries of the block before; without signatures in block 1. Its time is the block's own. */
export function lastCommitOf({ header, lastSignature }: Pick<Signed, 'header' | 'lastSignature'>): Commit {
  const { height, lastBlockId: blockId, proposerAddress: validatorAddress, timeMs } = header
  if (height === 1n) return { height: 0n, round: 0, blockId, signatures: [] }
  const signature = { flag: 2 as const, validatorAddress, time: toTime(timeMs), signature: lastSignature }
  return { height: height - 1n, round: 0, blockId, signatures: [signature] }
}

/** The commit of a block as its validator made it at once: what there is before the next block carries one. */
export function seenCommitOf({ header, hash, parts, seenSignature }: Signed): Commit {
  const time = toTime(seenTimeMs(header.timeMs))
  const signature = { flag: 2 as const, validatorAddress: header.proposerAddress, time, signature: seenSignature }
  return { height: header.height, round: 0, blockId: { hash, parts }, signatures: [signature] }
}

/** A vote's time is at least a millisecond after its block's. */
export function seenTimeMs(blockTimeMs: bigint): bigint {
  return blockTimeMs + 1n
}

/** A height's commit: canonical where the next block carries it. Undefined where there is no such block. */
export function commitAt(
  store: BlockStore,
  height: bigint,
): { readonly commit: Commit; readonly isCanonical: boolean } | undefined {
  const next = store.summary(height + 1n)
  if (height > 0n && next !== undefined) return { commit: lastCommitOf(next), isCanonical: true }
  const block = store.summary(height)
  return block === undefined ? undefined : { commit: seenCommitOf(block), isCanonical: false }
}
