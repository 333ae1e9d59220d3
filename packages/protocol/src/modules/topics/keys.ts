import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** Keys of the topics store. Numbers and amounts are stored as decimal text. */
export const topicsKeys: {
  readonly nextId: () => Uint8Array
  /** A `starling.v1.Topic`. */
  readonly topic: (id: bigint) => Uint8Array
  readonly topics: () => Uint8Array
  /** Effective revenue in uallo: a counter that steers the weight, not an account. */
  readonly revenue: (id: bigint) => Uint8Array
  /** Own and delegated stake of all reputers in uallo. */
  readonly stake: (id: bigint) => Uint8Array
  /** Weight at the last churn. */
  readonly weight: (id: bigint) => Uint8Array
  /** Sum of the weights of active topics, in millionths. */
  readonly weightSum: () => Uint8Array
  /** `epoch_last_ended` at the last drip. */
  readonly drip: (id: bigint) => Uint8Array
  /** Height at which the next epoch opens; present while the topic is active. */
  readonly nextEpoch: (id: bigint) => Uint8Array
  /** Present for a topic whose next epoch opens at a height. */
  readonly bucket: (height: bigint, id: bigint) => Uint8Array
  readonly bucketOf: (height: bigint) => Uint8Array
  /** Nonce of the first epoch. */
  readonly firstNonce: (id: bigint) => Uint8Array
} = {
  nextId: () => pathKey('next_id'),
  topic: (id) => pathKey('topic', id),
  topics: () => pathPrefix('topic'),
  revenue: (id) => pathKey('revenue', id),
  stake: (id) => pathKey('stake', id),
  weight: (id) => pathKey('weight', id),
  weightSum: () => pathKey('weight_sum'),
  drip: (id) => pathKey('drip', id),
  nextEpoch: (id) => pathKey('next_epoch', id),
  bucket: (height, id) => pathKey('bucket', height, id),
  bucketOf: (height) => pathPrefix('bucket', height),
  firstNonce: (id) => pathKey('first_nonce', id),
}
