import { create, fromBinary } from '@bufbuild/protobuf'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import { type Score, ScoreSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import {
  type Commitment,
  CommitmentSchema,
  type Forecast,
  ForecastSchema,
  type Inference,
  InferenceSchema,
  type OpenEpoch,
  OpenEpochSchema,
  type TruthReport,
  TruthReportSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import { type DueStep, epochsKeys, type SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readWhole } from '@starling/protocol/num/readWhole'
import { flushTiny } from '@starling/protocol/scoring/flushTiny'
import type { State, StateReader } from '../../app/context.ts'
import { createMemo } from '../../store/createMemo.ts'
import { getMessage, getNumber, listLastParts, putMark, putMessage, putNumber } from '../../store/values.ts'

/** An epoch that is not settled yet; undefined where there is none. */
export function getOpenEpoch(state: StateReader, topicId: bigint, nonce: bigint): OpenEpoch | undefined {
  return getMessage(state.store('epochs'), OpenEpochSchema, epochsKeys.open(topicId, nonce))
}

export function putOpenEpoch(state: State, topicId: bigint, epoch: OpenEpoch): void {
  putMessage(state.store('epochs'), OpenEpochSchema, epochsKeys.open(topicId, epoch.nonce), epoch)
}

export function deleteOpenEpoch(state: State, topicId: bigint, nonce: bigint): void {
  state.store('epochs').delete(epochsKeys.open(topicId, nonce))
}

/** Epochs of a topic that are not settled yet, oldest first. */
export function listOpenEpochs(state: StateReader, topicId: bigint): readonly OpenEpoch[] {
  const nonces = [...listLastParts(state.store('epochs'), epochsKeys.opens(topicId))].map(readWhole)
  return nonces.flatMap((nonce) => getOpenEpoch(state, topicId, nonce) ?? [])
}

/** A step that an epoch reaches. */
export type Due = { readonly topicId: bigint; readonly nonce: bigint }

/** Notes that an epoch reaches a step at the end of a block. */
export function putDue(state: State, what: DueStep, height: bigint, { topicId, nonce }: Due): void {
  putMark(state.store('epochs'), epochsKeys.due(what, height, topicId, nonce))
}

/**
 * Epochs that reach a step up to a height, the longest due first, of one height by topic and nonce; they are forgotten
 * with that. At most `most`, so that a block's work is bounded: the rest waits for the next block.
 */
export function takeDues(state: State, what: DueStep, height: bigint, most: number): readonly Due[] {
  const store = state.store('epochs')
  const taken: Due[] = []
  for (const [key] of store.scan(epochsKeys.dues(what), { limit: most })) {
    const [nonce = '', topicId = '', at = ''] = fromUtf8(key).split('/').toReversed()
    if (readWhole(at) > height) break
    store.delete(key)
    taken.push({ topicId: readWhole(topicId), nonce: readWhole(nonce) })
  }
  return taken
}

/** Addresses of an active set, in byte order. */
export function listActive(state: StateReader, role: SubmitterRole, topicId: bigint, nonce: bigint): readonly string[] {
  return [...listLastParts(state.store('epochs'), epochsKeys.submissions(role, topicId, nonce))]
}

/** Whether an address is in an active set. */
export function hasSubmitted(
  state: StateReader,
  role: SubmitterRole,
  { topicId, nonce }: Due,
  address: string,
): boolean {
  return state.store('epochs').get(epochsKeys.submission(role, topicId, nonce, address)) !== undefined
}

export function putInference(state: State, { topicId, nonce }: Due, inference: Inference): void {
  const key = epochsKeys.submission('inferer', topicId, nonce, inference.worker)
  putMessage(state.store('epochs'), InferenceSchema, key, inference)
}

export function putForecast(state: State, { topicId, nonce }: Due, forecast: Forecast): void {
  const key = epochsKeys.submission('forecaster', topicId, nonce, forecast.forecaster)
  putMessage(state.store('epochs'), ForecastSchema, key, forecast)
}

export function putReport(state: State, { topicId, nonce }: Due, report: TruthReport): void {
  const key = epochsKeys.submission('reputer', topicId, nonce, report.reputer)
  putMessage(state.store('epochs'), TruthReportSchema, key, report)
}

export function deleteSubmission(state: State, role: SubmitterRole, { topicId, nonce }: Due, address: string): void {
  state.store('epochs').delete(epochsKeys.submission(role, topicId, nonce, address))
}

/** What the active sets of an epoch submitted, each in address order. */
export type Submissions = {
  readonly inferences: readonly Inference[]
  readonly forecasts: readonly Forecast[]
  readonly reports: readonly TruthReport[]
}

export function getSubmissions(state: StateReader, { topicId, nonce }: Due): Submissions {
  const store = state.store('epochs')
  const keysOf = (role: SubmitterRole): readonly Uint8Array[] =>
    [...store.scan(epochsKeys.submissions(role, topicId, nonce))].map(([key]) => key)
  return {
    inferences: keysOf('inferer').flatMap((key) => getMessage(store, InferenceSchema, key) ?? []),
    forecasts: keysOf('forecaster').flatMap((key) => getMessage(store, ForecastSchema, key) ?? []),
    reports: keysOf('reputer').flatMap((key) => getMessage(store, TruthReportSchema, key) ?? []),
  }
}

/** What an address committed to and has not revealed. SPEC VT-2 */
export function getCommitment(
  state: StateReader,
  role: SubmitterRole,
  { topicId, nonce }: Due,
  author: string,
): Commitment | undefined {
  return getMessage(state.store('epochs'), CommitmentSchema, epochsKeys.commitment(role, topicId, nonce, author))
}

export function putCommitment(state: State, role: SubmitterRole, { topicId, nonce }: Due, held: Commitment): void {
  putMessage(state.store('epochs'), CommitmentSchema, epochsKeys.commitment(role, topicId, nonce, held.author), held)
}

export function deleteCommitment(state: State, role: SubmitterRole, { topicId, nonce }: Due, author: string): void {
  state.store('epochs').delete(epochsKeys.commitment(role, topicId, nonce, author))
}

/** Commitments of an epoch that wait for their reveal, in the order of their authors. */
export function listCommitments(state: StateReader, role: SubmitterRole, due: Due): readonly Commitment[] {
  const prefix = epochsKeys.commitments(role, due.topicId, due.nonce)
  const authors = [...listLastParts(state.store('epochs'), prefix)]
  return authors.flatMap((author) => getCommitment(state, role, due, author) ?? [])
}

/** Every newcomer is compared with a whole active set: its merits are decoded once. */
const decodeMerit = createMemo((bytes) => fromBinary(ScoreSchema, bytes), 4096)

/** The merit of an address that submitted before, and the nonce it was last used for. Not to be changed. */
export function getMerit(state: StateReader, role: SubmitterRole, topicId: bigint, address: string): Score | undefined {
  const bytes = state.store('epochs').get(epochsKeys.merit(role, topicId, address))
  return bytes === undefined ? undefined : decodeMerit(`${role}/${topicId}/${address}`, bytes)
}

export function setMerit(
  state: State,
  role: SubmitterRole,
  { topicId, nonce }: Due,
  address: string,
  score: number,
): void {
  const merit = create(ScoreSchema, { topicId, blockHeight: nonce, address, score: formatDecimal(flushTiny(score)) })
  putMessage(state.store('epochs'), ScoreSchema, epochsKeys.merit(role, topicId, address), merit)
}

/** How often an address was scored, as far as its first scores are counted. */
export function countScores(state: StateReader, role: SubmitterRole, topicId: bigint, address: string): number {
  return getNumber(state.store('epochs'), epochsKeys.scoreCount(role, topicId, address)) ?? 0
}

export function setScoreCount(
  state: State,
  role: SubmitterRole,
  topicId: bigint,
  address: string,
  scores: number,
): void {
  putNumber(state.store('epochs'), epochsKeys.scoreCount(role, topicId, address), scores)
}

/** Merit that a newcomer starts with. */
export function getInitialMerit(state: StateReader, role: SubmitterRole, topicId: bigint): number {
  return getNumber(state.store('epochs'), epochsKeys.initialMerit(role, topicId)) ?? 0
}

export function setInitialMerit(state: State, role: SubmitterRole, topicId: bigint, merit: number): void {
  putNumber(state.store('epochs'), epochsKeys.initialMerit(role, topicId), flushTiny(merit))
}

/** Quantile of the last scores of an active set. */
export function getQuantile(state: StateReader, role: SubmitterRole, topicId: bigint): number {
  return getNumber(state.store('epochs'), epochsKeys.quantile(role, topicId)) ?? 0
}

export function setQuantile(state: State, role: SubmitterRole, topicId: bigint, quantile: number): void {
  putNumber(state.store('epochs'), epochsKeys.quantile(role, topicId), flushTiny(quantile))
}
