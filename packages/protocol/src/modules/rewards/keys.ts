import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** Keys of the rewards store. */
export const rewardsKeys: {
  /** Coins of `allorarewards` that open epochs were promised, as decimal text in uallo. */
  readonly earmarked: () => Uint8Array
  /** A `starling.v1.EpochRecord`, or the `RecordPieces` that stand for it. */
  readonly record: (topicId: bigint, nonce: bigint) => Uint8Array
  readonly records: (topicId: bigint) => Uint8Array
  readonly piece: (topicId: bigint, nonce: bigint, index: bigint) => Uint8Array
  readonly pieces: (topicId: bigint, nonce: bigint) => Uint8Array
  /** SHA-256 of a record: kept for ever. */
  readonly hash: (topicId: bigint, nonce: bigint) => Uint8Array
  /** A `starling.v1.EpochCounts`. */
  readonly counts: (topicId: bigint) => Uint8Array
} = {
  earmarked: () => pathKey('earmarked'),
  record: (topicId, nonce) => pathKey('record', topicId, nonce),
  records: (topicId) => pathPrefix('record', topicId),
  piece: (topicId, nonce, index) => pathKey('piece', topicId, nonce, index),
  pieces: (topicId, nonce) => pathPrefix('piece', topicId, nonce),
  hash: (topicId, nonce) => pathKey('hash', topicId, nonce),
  counts: (topicId) => pathKey('counts', topicId),
}
