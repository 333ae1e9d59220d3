import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { toHex } from '../bytes/hex.ts'
import { sha256 } from '../crypto/sha256.ts'
import { type EpochRecord, EpochRecordSchema } from '../gen/starling/v1/epochs_pb.ts'
import { toRecord } from '../modules/rewards/toRecord.ts'
import { encodeScoringState } from '../modules/synthesis/encodeScoringState.ts'
import type { Values } from '../scoring/types.ts'
import { type Comparison, compareLeaf, compareLeaves, joinComparisons } from './compareLeaves.ts'
import { listLeaves } from './listLeaves.ts'
import { recomputeFees } from './recomputeFees.ts'
import { recomputeSubsidy } from './recomputeSubsidy.ts'
import { replayRecord } from './replayRecord.ts'
import type { KnownStates, Replayed, ReplayTopic, ServedRecord, VerifiedEpoch } from './types.ts'
import { verifyAnswer } from './verifyAnswer.ts'

/** One epoch to verify, and what a replay knows when it gets there. */
export type EpochToVerify = {
  readonly topic: ReplayTopic
  readonly served: ServedRecord
  /** The record before; undefined for the first of the topic. */
  readonly previous: ServedRecord | undefined
  /** States since the newest full one, by their hashes. */
  readonly states: KnownStates
  /** Bytes of the state before the settlement, as replayed. */
  readonly before: Uint8Array
  /** Values of the newest answer before this one, null for none; undefined where the replay does not know. */
  readonly lastAnswer: Values | null | undefined
}

/**
 * Settles an epoch again and compares every stored result with what comes out, bit for bit after its wire encoding, and
 * the record's hash, its link to the record before and the hashes of the states. Pure. SPEC QA-2, GR-3
 */
export function verifyEpoch(epoch: EpochToVerify): VerifiedEpoch {
  const { topic, served, before } = epoch
  const { record } = served
  const linked = compareLinks(epoch)
  const published = publishedState(epoch)
  if (published === undefined) {
    const missing = compareLeaf('stateAtPublication', toHex(record.stateAtPublication), null)
    return { nonce: record.nonce, ...joinComparisons([linked, missing]), replayed: undefined, stateAfter: before }
  }
  const atPublication = compareLeaf('stateAtPublication', toHex(record.stateAtPublication), toHex(sha256(published)))
  const replayed = replayOrFault(topic, record, { published, before })
  if (typeof replayed === 'string') {
    const damaged = compareLeaf('inputs', 'damaged', replayed)
    const all = joinComparisons([linked, atPublication, damaged])
    return { nonce: record.nonce, ...all, replayed: undefined, stateAfter: before }
  }
  const { outcome } = replayed
  const stateAfter = outcome.status === 'settled' ? encodeScoringState(outcome.state) : before
  const results = compareResults(topic, record, replayed, stateAfter)
  const answered = verifyAnswer(topic.policy, served, outcome.answer)
  return { nonce: record.nonce, ...joinComparisons([linked, atPublication, results, answered]), replayed, stateAfter }
}

/** What ties the record to its key and to what came before. */
function compareLinks({ topic, served, previous, before, lastAnswer }: EpochToVerify): Comparison {
  const { record, bytes, hash } = served
  return joinComparisons([
    compareLeaf('hash', hash === undefined ? null : toHex(hash), toHex(sha256(bytes))),
    compareLeaf('topicId', record.topicId.toString(), topic.id.toString()),
    compareLeaf('previous', toHex(record.previous), previous === undefined ? '' : toHex(sha256(previous.bytes))),
    compareLeaf('previousNonce', record.previousNonce.toString(), (previous?.record.nonce ?? 0n).toString()),
    compareLeaf('stateBefore', toHex(record.stateBefore), toHex(sha256(before))),
    compareHeld(record, previous?.record),
    ...(lastAnswer === undefined || record.answerHeight === 0n || topic.policy.pay !== 'contribution'
      ? []
      : [compareLeaf('lastAnswer', record.lastAnswer.join(' '), (lastAnswer ?? []).join(' '))]),
  ])
}

/** Bootstrap that waits is what the record before left. SPEC PW-2 */
function compareHeld({ subsidy }: EpochRecord, previous: EpochRecord | undefined): Comparison {
  if (subsidy === undefined) return joinComparisons([])
  return compareLeaf('subsidy.heldBefore', subsidy.heldBefore, previous?.subsidy?.held ?? '0')
}

/** The state that the answer was made with: what the record itself brings, or one that the replay has met. */
function publishedState({ served: { record }, states }: EpochToVerify): Uint8Array | undefined {
  const { publishedState: brought, stateAtPublication } = record
  return brought.length > 0 ? brought : states.get(toHex(stateAtPublication))
}

/** The sentence on what is wrong where the inputs settle nothing. */
function replayOrFault(
  topic: ReplayTopic,
  record: EpochRecord,
  states: { readonly published: Uint8Array; readonly before: Uint8Array },
): Replayed | string {
  try {
    return replayRecord(topic, record, states)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Every result of the settlement that the record stores. */
function compareResults(
  { policy }: ReplayTopic,
  record: EpochRecord,
  { outcome }: Replayed,
  stateAfter: Uint8Array,
): Comparison {
  const recomputed = create(EpochRecordSchema, {
    ...toRecord(policy, outcome),
    ...recomputeFees(record, outcome),
    ...recomputeSubsidy(record, outcome),
    stateAfter: sha256(stateAfter),
    ...(record.fullState.length > 0 ? { fullState: stateAfter } : {}),
  })
  return compareLeaves(resultsOf(record), resultsOf(overTheWire(recomputed)))
}

function overTheWire(record: EpochRecord): EpochRecord {
  return fromBinary(EpochRecordSchema, toBinary(EpochRecordSchema, record))
}

function resultsOf(record: EpochRecord): ReturnType<typeof listLeaves> {
  const { status, reason, truth, truthLabel, network, losses, logLosses, regrets, weights, scores, fractions } = record
  const { split, unpaid, payouts, stateAfter, fullState, contribution, fees, subsidy } = record
  return listLeaves(
    EpochRecordSchema,
    create(EpochRecordSchema, {
      ...{ status, reason, truthLabel, regrets, weights, unpaid, payouts, stateAfter, fullState },
      ...(truth === undefined ? {} : { truth }),
      ...(network === undefined ? {} : { network }),
      ...(losses === undefined ? {} : { losses }),
      ...(logLosses === undefined ? {} : { logLosses }),
      ...(scores === undefined ? {} : { scores }),
      ...(fractions === undefined ? {} : { fractions }),
      ...(split === undefined ? {} : { split }),
      ...(contribution === undefined ? {} : { contribution }),
      ...(fees === undefined ? {} : { fees }),
      ...(subsidy === undefined ? {} : { subsidy }),
    }),
  ).filter(({ path }) => !NOT_RESULTS.includes(path))
}

/** Scalars of a record that are no results; as defaults they say nothing. */
const NOT_RESULTS: readonly string[] = [
  ...['topicId', 'nonce', 'answerHeight', 'settledHeight', 'pot', 'stateAtPublication', 'stateBefore'],
  ...['previous', 'previousNonce', 'paramsAtPublication', 'publishedState'],
]
