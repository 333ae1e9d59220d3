import type { Header, LightBlock } from '@starling/protocol/proof/cometTypes'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { type BlockContent, readBlock } from '@starling/sdk/blocks/readBlock'
import { readCommits } from '@starling/sdk/blocks/readCommits'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import type { Chain } from '../chain/openChain.ts'

/** A block as this page has proven it. */
export type BlockHere = LightBlock &
  BlockContent & {
    readonly hash: Uint8Array
    /** The header after it, which names its outcomes and signatures; undefined of the newest block. */
    readonly next: Header | undefined
  }

/** Reads a block under a verified state; it must not be above that state's header. */
export async function readBlockHere(chain: Chain, state: Snapshot, height: bigint): Promise<BlockHere> {
  const block = await state.block(height)
  const next = height < state.at.height ? (await state.block(height + 1n)).header : undefined
  const [content, commits] = await Promise.all([
    readBlock(chain.rpc, block.header, next),
    next === undefined ? [] : readCommits(chain.rpc, [next]),
  ])
  return { ...block, ...content, commit: commits[0] ?? block.commit, hash: headerHash(block.header), next }
}
