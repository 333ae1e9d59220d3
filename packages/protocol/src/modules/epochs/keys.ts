import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** The three kinds of submissions of an epoch, each with its own active set and scores. */
export type SubmitterRole = 'inferer' | 'forecaster' | 'reputer'

/** What happens to an epoch at the end of a block: its answer is published, its truth may be told, it is settled. */
export type DueStep = 'answer' | 'truth' | 'settle'

/** Keys of the epochs store. */
export const epochsKeys: {
  /** A `starling.v1.OpenEpoch`. */
  readonly open: (topicId: bigint, nonce: bigint) => Uint8Array
  readonly opens: (topicId: bigint) => Uint8Array
  /** Present for an epoch that reaches a step at the end of a block. */
  readonly due: (what: DueStep, height: bigint, topicId: bigint, nonce: bigint) => Uint8Array
  readonly dues: (what: DueStep) => Uint8Array
  /** What a member of an active set submitted: `starling.v1` Inference, Forecast or TruthReport. */
  readonly submission: (role: SubmitterRole, topicId: bigint, nonce: bigint, address: string) => Uint8Array
  readonly submissions: (role: SubmitterRole, topicId: bigint, nonce: bigint) => Uint8Array
  /** A `starling.v1.Commitment` that waits for its reveal. */
  readonly commitment: (role: SubmitterRole, topicId: bigint, nonce: bigint, address: string) => Uint8Array
  readonly commitments: (role: SubmitterRole, topicId: bigint, nonce: bigint) => Uint8Array
  /** An `emissions.v3.Score`: the merit that decides about admission, and the last nonce it was used for. */
  readonly merit: (role: SubmitterRole, topicId: bigint, address: string) => Uint8Array
  /** How often an address was scored, as far as its first scores are counted. */
  readonly scoreCount: (role: SubmitterRole, topicId: bigint, address: string) => Uint8Array
  /** Merit of newcomers. */
  readonly initialMerit: (role: SubmitterRole, topicId: bigint) => Uint8Array
  /** Quantile of the last scores of an active set. */
  readonly quantile: (role: SubmitterRole, topicId: bigint) => Uint8Array
} = {
  open: (topicId, nonce) => pathKey('open', topicId, nonce),
  opens: (topicId) => pathPrefix('open', topicId),
  due: (what, height, topicId, nonce) => pathKey('due', what, height, topicId, nonce),
  dues: (what) => pathPrefix('due', what),
  submission: (role, topicId, nonce, address) => pathKey('submission', role, topicId, nonce, address),
  submissions: (role, topicId, nonce) => pathPrefix('submission', role, topicId, nonce),
  commitment: (role, topicId, nonce, address) => pathKey('commitment', role, topicId, nonce, address),
  commitments: (role, topicId, nonce) => pathPrefix('commitment', role, topicId, nonce),
  merit: (role, topicId, address) => pathKey('merit', role, topicId, address),
  scoreCount: (role, topicId, address) => pathKey('score_count', role, topicId, address),
  initialMerit: (role, topicId) => pathKey('initial_merit', role, topicId),
  quantile: (role, topicId) => pathKey('quantile', role, topicId),
}
