import type { Header } from './cometTypes.ts'
import { encodeBlockId } from './encodeBlockId.ts'
import { encodeTime } from './encodeTime.ts'
import { merkleRoot } from './merkleRoot.ts'
import { protoFields } from './protoFields.ts'

/** CometBFT's block hash: the Merkle root of the header's 14 fields. CometBFT 0.38 `types.Header.Hash` */
export function headerHash(header: Header): Uint8Array {
  const bytes = (value: Uint8Array): Uint8Array => protoFields().bytes(1, value).done()
  return merkleRoot([
    encodeVersion(header.version),
    protoFields().text(1, header.chainId).done(),
    protoFields().uint(1, header.height).done(),
    encodeTime(header.time),
    encodeBlockId(header.lastBlockId),
    bytes(header.lastCommitHash),
    bytes(header.dataHash),
    bytes(header.validatorsHash),
    bytes(header.nextValidatorsHash),
    bytes(header.consensusHash),
    bytes(header.appHash),
    bytes(header.lastResultsHash),
    bytes(header.evidenceHash),
    bytes(header.proposerAddress),
  ])
}

/** The protocol versions of a header as protobuf. */
export function encodeVersion({ block, app }: Header['version']): Uint8Array {
  return protoFields().uint(1, block).uint(2, app).done()
}
