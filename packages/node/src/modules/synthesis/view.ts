import { fromBinary } from '@bufbuild/protobuf'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { type Answer, AnswerSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { synthesisKeys } from '@starling/protocol/modules/synthesis/keys'
import type { State, StateReader } from '../../app/context.ts'
import { getMessage, putMessage } from '../../store/values.ts'

/** Bytes of the newest scoring state of a topic; undefined before the first settled epoch. */
export function getStateBytes(state: StateReader, topicId: bigint): Uint8Array | undefined {
  return state.store('synthesis').get(synthesisKeys.state(topicId))
}

export function putStateBytes(state: State, topicId: bigint, bytes: Uint8Array): void {
  state.store('synthesis').put(synthesisKeys.state(topicId), bytes)
}

/** Stands before a published state, as that of a topic without history has no bytes, and an empty value cannot be proven. */
const PUBLISHED = Uint8Array.of(1)

/** Bytes of the scoring state with which the answer of a nonce was published. */
export function getPublishedBytes(state: StateReader, topicId: bigint, nonce: bigint): Uint8Array | undefined {
  return state.store('synthesis').get(synthesisKeys.published(topicId, nonce))?.subarray(PUBLISHED.length)
}

export function putPublishedBytes(state: State, topicId: bigint, nonce: bigint, bytes: Uint8Array): void {
  state.store('synthesis').put(synthesisKeys.published(topicId, nonce), concatBytes(PUBLISHED, bytes))
}

export function deletePublished(state: State, topicId: bigint, nonce: bigint): void {
  state.store('synthesis').delete(synthesisKeys.published(topicId, nonce))
}

/** The answer of one nonce. */
export function getAnswer(state: StateReader, topicId: bigint, nonce: bigint): Answer | undefined {
  return getMessage(state.store('synthesis'), AnswerSchema, synthesisKeys.answer(topicId, nonce))
}

/** Answers of a topic with a nonce above `after`, oldest first, at most `limit`. */
export function listAnswers(
  state: StateReader,
  topicId: bigint,
  { after, limit }: { readonly after: bigint; readonly limit: number },
): readonly Answer[] {
  const start = synthesisKeys.answer(topicId, after + 1n)
  const stored = state.store('synthesis').scan(synthesisKeys.answers(topicId), { start, limit })
  return Array.from(stored, ([, bytes]) => fromBinary(AnswerSchema, bytes))
}

/** The newest answer of a topic. */
export function getLatestAnswer(state: StateReader, topicId: bigint): Answer | undefined {
  return getMessage(state.store('synthesis'), AnswerSchema, synthesisKeys.latestAnswer(topicId))
}

/** Stores an answer under its nonce, and beside that as the newest where it is. */
export function putAnswer(state: State, answer: Answer): void {
  const { topicId, nonce } = answer
  const store = state.store('synthesis')
  putMessage(store, AnswerSchema, synthesisKeys.answer(topicId, nonce), answer)
  const newest = getLatestAnswer(state, topicId)
  if (newest !== undefined && newest.nonce > nonce) return
  putMessage(store, AnswerSchema, synthesisKeys.latestAnswer(topicId), answer)
}
