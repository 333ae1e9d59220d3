import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { sha256 } from '@starling/protocol/crypto/sha256'
import type { RecordReader } from '@starling/sdk/records/types'
import { CliError } from '../cliError.ts'
import type { ArchiveWriter } from './openArchiveWriter.ts'

/** What came of one topic. */
export type ArchivedTopic = {
  readonly topicId: bigint
  /** Records that were appended. */
  readonly added: number
  /** Records of the topic in the file. */
  readonly records: number
  /** Nonces of the oldest and the newest record of the unbroken row that ends with the newest; 0 where there is none. */
  readonly from: bigint
  readonly to: bigint
  /** The record before that row, which has left the state and is not in the file; undefined where it is the first. */
  readonly missing: bigint | undefined
}

type Source = { readonly reader: RecordReader; readonly writer: ArchiveWriter; readonly chainId: string }

/**
 * Appends the records of a topic that the file has not, from the newest back along their links. Throws a `CliError` 1
 * where a record is not what the chain keeps the hash of.
 */
export async function archiveTopic({ reader, writer, chainId }: Source, topicId: bigint): Promise<ArchivedTopic> {
  const { lastRecord } = await reader.counts(topicId)
  let added = 0
  let from = 0n
  let nonce = lastRecord
  while (nonce > 0n) {
    let previousNonce = writer.previousOf(topicId, nonce)
    if (previousNonce === undefined) {
      const bytes = await readRecord(reader, topicId, nonce)
      if (bytes === undefined) break
      previousNonce = bytes.previousNonce
      await writer.append({ chainId, topicId, nonce, ...bytes })
      added++
    }
    from = nonce
    nonce = previousNonce
  }
  await writer.flush()
  const missing = nonce === 0n ? undefined : nonce
  return { topicId, added, records: writer.count(topicId), from, to: from === 0n ? 0n : lastRecord, missing }
}

/** A record that is what its hash says; undefined where it has left the state. */
async function readRecord(
  reader: RecordReader,
  topicId: bigint,
  nonce: bigint,
): Promise<{ readonly bytes: Uint8Array; readonly previousNonce: bigint } | undefined> {
  const served = await reader.record(topicId, nonce)
  if (served === undefined) return undefined
  const { bytes, hash, record } = served
  if (hash !== undefined && equalBytes(sha256(bytes), hash)) return { bytes, previousNonce: record.previousNonce }
  const what = `The record of epoch ${nonce} of topic ${topicId} is not what the chain keeps the hash of`
  throw new CliError(1, `${what}, and was not written. Do not trust this node; ask another one.`)
}
