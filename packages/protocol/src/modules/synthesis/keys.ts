import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** Keys of the synthesis store. */
export const synthesisKeys: {
  /** The `starling.v1.ScoringState` of a topic. */
  readonly state: (topicId: bigint) => Uint8Array
  /** The state when the answer of a nonce was published; kept until it is settled. */
  readonly published: (topicId: bigint, nonce: bigint) => Uint8Array
  /** A `starling.v1.Answer`. */
  readonly answer: (topicId: bigint, nonce: bigint) => Uint8Array
  readonly answers: (topicId: bigint) => Uint8Array
  /** The answer with the highest nonce: one read proves that there is no newer one. */
  readonly latestAnswer: (topicId: bigint) => Uint8Array
} = {
  state: (topicId) => pathKey('state', topicId),
  published: (topicId, nonce) => pathKey('published', topicId, nonce),
  answer: (topicId, nonce) => pathKey('answer', topicId, nonce),
  answers: (topicId) => pathPrefix('answer', topicId),
  latestAnswer: (topicId) => pathKey('latest_answer', topicId),
}
