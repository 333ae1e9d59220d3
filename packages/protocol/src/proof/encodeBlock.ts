import type { Commit, Header } from './cometTypes.ts'
import { encodeBlockId } from './encodeBlockId.ts'
import { encodeCommit } from './encodeCommit.ts'
import { encodeTime } from './encodeTime.ts'
import { encodeVersion } from './headerHash.ts'
import { protoFields } from './protoFields.ts'

/** What a block is made of; evidence of misbehaving validators is always empty here. */
export type BlockContent = {
  readonly header: Header
  readonly txs: readonly Uint8Array[]
  /** The commit of the block before; without signatures in block 1. */
  readonly lastCommit: Commit
}

/** A block as CometBFT's protobuf: the bytes that are cut into parts. */
export function encodeBlock({ header, txs, lastCommit }: BlockContent): Uint8Array {
  const data = protoFields()
  for (const tx of txs) data.message(1, tx)
  return protoFields()
    .message(1, encodeHeader(header))
    .message(2, data.done())
    .message(3, new Uint8Array())
    .message(4, encodeCommit(lastCommit))
    .done()
}

function encodeHeader(header: Header): Uint8Array {
  return protoFields()
    .message(1, encodeVersion(header.version))
    .text(2, header.chainId)
    .uint(3, header.height)
    .message(4, encodeTime(header.time))
    .message(5, encodeBlockId(header.lastBlockId))
    .bytes(6, header.lastCommitHash)
    .bytes(7, header.dataHash)
    .bytes(8, header.validatorsHash)
    .bytes(9, header.nextValidatorsHash)
    .bytes(10, header.consensusHash)
    .bytes(11, header.appHash)
    .bytes(12, header.lastResultsHash)
    .bytes(13, header.evidenceHash)
    .bytes(14, header.proposerAddress)
    .done()
}
