import type { EpochCounts } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Topic } from '@starling/protocol/gen/starling/v1/topics_pb'
import type { ServedRecord } from '@starling/protocol/replay/types'

/**
 * The value of a key of a module's store in the state after the block `height`, or after the reader's own block where
 * none is given; undefined where the state has no such key. Throws a `StarlingError`.
 */
export type ReadKey = (store: string, key: Uint8Array, height?: bigint) => Promise<Uint8Array | undefined>

/** How far what a reader says is proven, and the block it was read at. */
export type ReadProof = {
  readonly status: 'verified' | 'unverified'
  readonly height: bigint
  /** Hash of the block's header, in capital hexadecimal. */
  readonly hash: string
}

/** A state that is read key by key. What reads records takes one of these: the one place where proofs come in. */
export interface KeyReader {
  readonly readKey: ReadKey
  proof(): Promise<ReadProof>
}

/** Where records that have left the state are read from. What they are worth the hashes in the state say. */
export interface OldRecords {
  /** What it is called. */
  readonly name: string
  /** Bytes of a record; undefined where it has none. */
  read(topicId: bigint, nonce: bigint): Promise<Uint8Array | undefined>
}

/** What replays and explanations read of a chain. */
export interface RecordReader {
  /** What old records are called that are read where the state has none any more. */
  readonly oldRecords?: string
  /** The topic; undefined where there is none. */
  topic(topicId: bigint): Promise<Topic | undefined>
  counts(topicId: bigint): Promise<EpochCounts>
  /** The record of a nonce; undefined where the state has none, or none any more, and no old records have it. */
  record(topicId: bigint, nonce: bigint): Promise<ServedRecord | undefined>
  /** SHA-256 of the record of a nonce: kept for ever. */
  hash(topicId: bigint, nonce: bigint): Promise<Uint8Array | undefined>
  /** In uallo, in the state after a block. */
  balance(address: string, height: bigint): Promise<bigint>
  /** Who gets what a worker earns, in the state after a block. */
  ownerOfWorker(address: string, height?: bigint): Promise<string>
  proof(): Promise<ReadProof>
}
