import { APP_VERSION } from '@starling/protocol/appVersion'
import type { BlockId } from '@starling/protocol/proof/cometTypes'
import { type BlockLimits, consensusHash } from '@starling/protocol/proof/consensusHash'
import { dataHash } from '@starling/protocol/proof/dataHash'
import { encodeBlock } from '@starling/protocol/proof/encodeBlock'
import { commitHash } from '@starling/protocol/proof/encodeCommit'
import { EMPTY_EVIDENCE_HASH } from '@starling/protocol/proof/evidenceHash'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { partSetHeader } from '@starling/protocol/proof/partSetHeader'
import { resultsHash } from '@starling/protocol/proof/resultsHash'
import { validatorsHash } from '@starling/protocol/proof/validatorsHash'
import { voteSignBytes } from '@starling/protocol/proof/voteSignBytes'
import type { BlockInput, BlockResult } from '../../app/application.ts'
import { type BlockHeader, toHeader, toTime } from './blockHeader.ts'
import type { BlockSigner } from './blockSigner.ts'
import type { BlockSummary, StoredBlock } from './blockStore.ts'
import { lastCommitOf, seenTimeMs } from './commits.ts'

/** CometBFT's version of the form of blocks. */
export const BLOCK_VERSION = 11n

/** What does not change from block to block. */
export type Chain = { readonly chainId: string; readonly signer: BlockSigner; readonly limits: BlockLimits }

/** What a block follows: the block before, and the application's hash and results after it. */
export type Predecessor = { readonly block: BlockSummary | undefined; readonly appHash: Uint8Array }

const NO_BLOCK: BlockId = { hash: new Uint8Array(), parts: { total: 0, hash: new Uint8Array() } }

/**
 * Makes a block of CometBFT's of what was executed, and signs it (ADR-014). The signature on the block before is made
 * here, with this block's time, so that a header's time is that of the commit below it, as CometBFT demands; a second
 * one on this block serves until the next. Signatures are deterministic: a block made again of the same is the same.
 */
export function sealBlock(
  { chainId, signer, limits }: Chain,
  { height, timeMs, txs }: BlockInput,
  { block: last, appHash }: Predecessor,
  results: BlockResult,
): StoredBlock {
  const validators = validatorsHash([signer.validator])
  const precommit = (at: bigint, blockId: BlockId, ms: bigint): Uint8Array =>
    signer.sign(voteSignBytes({ chainId, height: at, round: 0, blockId, time: toTime(ms) }))
  const lastBlockId = last === undefined ? NO_BLOCK : { hash: last.hash, parts: last.parts }
  const lastSignature = last === undefined ? new Uint8Array() : precommit(height - 1n, lastBlockId, timeMs)
  const unhashed = {
    version: { block: BLOCK_VERSION, app: BigInt(APP_VERSION) },
    chainId,
    height,
    timeMs,
    lastBlockId,
    dataHash: dataHash(txs),
    validatorsHash: validators,
    nextValidatorsHash: validators,
    consensusHash: consensusHash(limits),
    appHash,
    lastResultsHash: last?.resultsHash ?? resultsHash([]),
    evidenceHash: EMPTY_EVIDENCE_HASH,
    proposerAddress: signer.validator.address,
  }
  const nothing = new Uint8Array()
  const lastCommit = lastCommitOf({ header: { ...unhashed, lastCommitHash: nothing }, lastSignature })
  const header: BlockHeader = { ...unhashed, lastCommitHash: commitHash(lastCommit) }
  const encoded = encodeBlock({ header: toHeader(header), txs, lastCommit })
  const blockId = { hash: headerHash(toHeader(header)), parts: partSetHeader(encoded) }
  return {
    header,
    ...blockId,
    size: encoded.length,
    lastSignature,
    seenSignature: precommit(height, blockId, seenTimeMs(timeMs)),
    txs,
    results,
    resultsHash: resultsHash(results.txResults),
  }
}
