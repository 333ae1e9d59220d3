import type { BlockId, Commit, Time } from '@starling/protocol/proof/cometTypes'
import type { BlockHeader } from '../../engine/local/blockHeader.ts'
import type { StoredBlock } from '../../engine/local/blockStore.ts'
import { lastCommitOf } from '../../engine/local/commits.ts'
import { isoTime } from '../isoTime.ts'

/** How a transport prints hashes, what it calls the parts of a block id, and how it names that a block is signed. */
export type BlockStyle = {
  readonly hash: (bytes: Uint8Array) => string
  readonly parts: 'parts' | 'part_set_header'
  readonly committed: 2 | 'BLOCK_ID_FLAG_COMMIT'
}

type Json = { readonly [name: string]: unknown }

/** CometBFT's JSON of a block id. */
export function blockIdJson(style: BlockStyle, { hash, parts }: BlockId): Json {
  return { hash: style.hash(hash), [style.parts]: { total: parts.total, hash: style.hash(parts.hash) } }
}

/** CometBFT's JSON of a header. */
export function headerJson(style: BlockStyle, header: BlockHeader): Json {
  const { hash } = style
  return {
    version: { block: String(header.version.block), app: String(header.version.app) },
    chain_id: header.chainId,
    height: String(header.height),
    time: isoTime(header.timeMs),
    last_block_id: blockIdJson(style, header.lastBlockId),
    last_commit_hash: hash(header.lastCommitHash),
    data_hash: hash(header.dataHash),
    validators_hash: hash(header.validatorsHash),
    next_validators_hash: hash(header.nextValidatorsHash),
    consensus_hash: hash(header.consensusHash),
    app_hash: hash(header.appHash),
    last_results_hash: hash(header.lastResultsHash),
    evidence_hash: hash(header.evidenceHash),
    proposer_address: hash(header.proposerAddress),
  }
}

/** CometBFT's JSON of a commit of the embedded engine: every signature is for the block. */
export function commitJson(style: BlockStyle, { height, round, blockId, signatures }: Commit): Json {
  return {
    height: String(height),
    round,
    block_id: blockIdJson(style, blockId),
    signatures: signatures.map(({ validatorAddress, time, signature }) => ({
      block_id_flag: style.committed,
      validator_address: style.hash(validatorAddress),
      timestamp: isoTime(millisecondsOf(time)),
      signature: Buffer.from(signature).toString('base64'),
    })),
  }
}

/** CometBFT's JSON of a block with its transactions. */
export function blockJson(style: BlockStyle, block: StoredBlock): Json {
  return {
    header: headerJson(style, block.header),
    data: { txs: block.txs.map((tx) => Buffer.from(tx).toString('base64')) },
    evidence: { evidence: [] },
    last_commit: commitJson(style, lastCommitOf(block)),
  }
}

/** Blocks of the embedded engine have times in whole milliseconds. */
function millisecondsOf({ seconds, nanos }: Time): bigint {
  return seconds * 1000n + BigInt(nanos / 1_000_000)
}
