import type { BlockId, PartSetHeader } from './cometTypes.ts'
import { protoFields } from './protoFields.ts'

/** A block id as CometBFT's protobuf; its canonical form for signatures has the same bytes. */
export function encodeBlockId({ hash, parts }: BlockId): Uint8Array {
  return protoFields().bytes(1, hash).message(2, encodePartSetHeader(parts)).done()
}

function encodePartSetHeader({ total, hash }: PartSetHeader): Uint8Array {
  return protoFields().uint(1, total).bytes(2, hash).done()
}
