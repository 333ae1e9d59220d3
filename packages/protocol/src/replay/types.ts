import type { Answer, EpochRecord } from '../gen/starling/v1/epochs_pb.ts'
import type { SettleInput, SettleOutcome } from '../scoring/settle/settleTypes.ts'
import type { TopicPolicy } from '../scoring/types.ts'

/** What of a topic never changes and enters its settlements. */
export type ReplayTopic = { readonly id: bigint; readonly policy: TopicPolicy }

/** A record as it was served: its bytes, and the hash that the chain keeps of it; undefined where it keeps none. */
export type ServedRecord = {
  readonly record: EpochRecord
  readonly bytes: Uint8Array
  readonly hash: Uint8Array | undefined
  /** The answer of the same nonce; undefined where there is none. */
  readonly answer: Answer | undefined
}

/** A stored result as a reader sees it: bytes in hexadecimal, whole numbers as text, `null` for what is absent. */
export type Leaf = number | string | boolean | null

/** A stored value that is not what the replay gives. */
export type Mismatch = { readonly field: string; readonly stored: Leaf; readonly recomputed: Leaf }

/** Bytes of scoring states by their SHA-256 in hexadecimal. */
export type KnownStates = ReadonlyMap<string, Uint8Array>

/** What settled an epoch, and what came of it. */
export type Replayed = { readonly input: SettleInput; readonly outcome: SettleOutcome }

/** One epoch replayed. */
export type VerifiedEpoch = {
  readonly nonce: bigint
  /** Stored values that were compared. */
  readonly compared: number
  readonly mismatches: readonly Mismatch[]
  /** Undefined where a state that the epoch needs is missing, or the inputs are damaged. */
  readonly replayed: Replayed | undefined
  /** Bytes of the scoring state after the epoch, as recomputed. */
  readonly stateAfter: Uint8Array
}
