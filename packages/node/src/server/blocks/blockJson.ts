import type { BlockHeader } from '../../engine/local/blockHeader.ts'
import { isoTime } from '../isoTime.ts'
import { EMPTY_HASH, identityOf, PROTOCOLS } from './identity.ts'

/** How a transport prints hashes, and what it calls the parts of a block id. */
export type BlockStyle = {
  readonly hash: (bytes: Uint8Array) => string
  readonly parts: 'parts' | 'part_set_header'
}

type Json = { readonly [name: string]: unknown }

/** CometBFT's JSON of a block id; blocks of the embedded engine have one part. */
export function blockIdJson(style: BlockStyle, hash: Uint8Array): Json {
  return { hash: style.hash(hash), [style.parts]: { total: hash.length === 0 ? 0 : 1, hash: style.hash(hash) } }
}

/** CometBFT's JSON of a header. What the embedded engine does not have is the hash of an empty list. */
export function headerJson(style: BlockStyle, header: BlockHeader): Json {
  const { address, validatorsHash } = identityOf(header.chainId)
  const nothing = style.hash(EMPTY_HASH)
  return {
    version: { block: PROTOCOLS.block, app: '0' },
    chain_id: header.chainId,
    height: String(header.height),
    time: isoTime(header.timeMs),
    last_block_id: blockIdJson(style, header.previousHash),
    last_commit_hash: nothing,
    data_hash: style.hash(header.dataHash),
    validators_hash: style.hash(validatorsHash),
    next_validators_hash: style.hash(validatorsHash),
    consensus_hash: nothing,
    app_hash: style.hash(header.appHash),
    last_results_hash: nothing,
    evidence_hash: nothing,
    proposer_address: style.hash(address),
  }
}

/** CometBFT's JSON of a block with its transactions. */
export function blockJson(style: BlockStyle, header: BlockHeader, txs: readonly Uint8Array[]): Json {
  return {
    header: headerJson(style, header),
    data: { txs: txs.map((tx) => Buffer.from(tx).toString('base64')) },
    evidence: { evidence: [] },
    last_commit: {
      height: String(header.height - 1n),
      round: 0,
      block_id: blockIdJson(style, header.previousHash),
      signatures: [],
    },
  }
}
