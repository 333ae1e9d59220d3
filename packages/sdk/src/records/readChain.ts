import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { isFoothold } from '@starling/protocol/replay/replayEpochs'
import type { ServedRecord } from '@starling/protocol/replay/types'
import { StarlingError } from '../starlingError.ts'
import type { RecordReader } from './types.ts'

/** Records that follow each other, oldest first, and whether the first is where a replay can begin. */
export type RecordChain = { readonly records: readonly ServedRecord[]; readonly complete: boolean }

/**
 * The records from the newest one before `from` that a replay can stand on, up to that of `to`. Ends early, and is not
 * complete, where the oldest names a record before it that is none: one without a hash, though hashes stay for ever, or
 * one that a record leads to that is not what its own hash says.
 */
export async function readChain(
  reader: RecordReader,
  topicId: bigint,
  { from, to }: { readonly from: bigint; readonly to: bigint },
): Promise<RecordChain> {
  const newestFirst: ServedRecord[] = []
  const chain = (complete: boolean): RecordChain => ({ records: newestFirst.toReversed(), complete })
  for (let nonce = to; ; ) {
    const served = await reader.record(topicId, nonce)
    if (served === undefined) {
      const leadsNowhere = newestFirst.length > 0 && (await reader.hash(topicId, nonce)) === undefined
      if (leadsNowhere || !newestFirst.every(isIntact)) return chain(false)
      throw await noRecord(reader, topicId, nonce, to)
    }
    newestFirst.push(served)
    const { previousNonce } = served.record
    if (previousNonce === 0n || (nonce < from && isFoothold(served))) return chain(true)
    if (previousNonce < 0n || previousNonce >= nonce) return chain(false)
    nonce = previousNonce
  }
}

/** True for a record that is what the hash says that the chain keeps for ever. */
function isIntact({ bytes, hash }: ServedRecord): boolean {
  return hash !== undefined && equalBytes(sha256(bytes), hash)
}

async function noRecord(reader: RecordReader, topicId: bigint, nonce: bigint, to: bigint): Promise<StarlingError> {
  const gone = (await reader.hash(topicId, nonce)) !== undefined
  if (!gone) {
    const sentence = `Topic ${topicId} has no record of an epoch ${nonce}. "starling topic show ${topicId}" shows the newest nonces.`
    return new StarlingError('not-found', sentence)
  }
  const what = nonce === to ? 'its record' : `it stands on the record of epoch ${nonce}, which`
  const where =
    reader.oldRecords === undefined
      ? 'its hash is still there. Give a file that "starling archive" wrote with --archive.'
      : `${reader.oldRecords} has it neither. Give an archive that goes further back.`
  const sentence = `Epoch ${to} of topic ${topicId} cannot be replayed: ${what} has left the state, as old records do; ${where}`
  return new StarlingError('not-found', sentence)
}
