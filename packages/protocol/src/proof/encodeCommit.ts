import type { Commit, CommitSig } from './cometTypes.ts'
import { encodeBlockId } from './encodeBlockId.ts'
import { encodeTime } from './encodeTime.ts'
import { merkleRoot } from './merkleRoot.ts'
import { protoFields } from './protoFields.ts'

/** A commit as CometBFT's protobuf. */
export function encodeCommit({ height, round, blockId, signatures }: Commit): Uint8Array {
  const fields = protoFields().uint(1, height).uint(2, round).message(3, encodeBlockId(blockId))
  for (const signature of signatures) fields.message(4, encodeCommitSig(signature))
  return fields.done()
}

/** Merkle root over the signatures: the next block's `last_commit_hash`. */
export function commitHash({ signatures }: Commit): Uint8Array {
  return merkleRoot(signatures.map(encodeCommitSig))
}

function encodeCommitSig({ flag, validatorAddress, time, signature }: CommitSig): Uint8Array {
  return protoFields().uint(1, flag).bytes(2, validatorAddress).message(3, encodeTime(time)).bytes(4, signature).done()
}
