import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { sha256 } from '@starling/protocol/crypto/sha256'
import {
  type EpochCounts,
  EpochCountsSchema,
  type EpochRecord,
  EpochRecordSchema,
  RecordPiecesSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'
import { getMessage, getWhole, listLastParts, putMessage, putWhole } from '../../store/values.ts'

/** Largest value under one key; a larger record is cut into pieces of this size. SPEC GR-3 */
const PIECE = 65_536
const WHOLE = 0
const PIECES = 1

/** Coins of `allorarewards` that open epochs were promised, in uallo. */
export function getEarmarked(state: StateReader): bigint {
  return getWhole(state.store('rewards'), rewardsKeys.earmarked())
}

export function setEarmarked(state: State, amount: bigint): void {
  if (amount < 0n) throw new Error(`${amount} uallo would be earmarked`)
  putWhole(state.store('rewards'), rewardsKeys.earmarked(), amount)
}

/** How a topic's closed epochs went. */
export function getEpochCounts(state: StateReader, topicId: bigint): EpochCounts {
  const key = rewardsKeys.counts(topicId)
  return getMessage(state.store('rewards'), EpochCountsSchema, key) ?? create(EpochCountsSchema)
}

export function setEpochCounts(state: State, topicId: bigint, counts: EpochCounts): void {
  putMessage(state.store('rewards'), EpochCountsSchema, rewardsKeys.counts(topicId), counts)
}

/** SHA-256 of the record of a nonce; undefined where there is none. */
export function getRecordHash(state: StateReader, topicId: bigint, nonce: bigint): Uint8Array | undefined {
  return state.store('rewards').get(rewardsKeys.hash(topicId, nonce))
}

/** Stores a closed epoch's record: in one piece up to 64 kB, above that in pieces whose hashes stand in its place. */
export function putRecord(state: State, record: EpochRecord): void {
  const { topicId, nonce } = record
  const store = state.store('rewards')
  const bytes = toBinary(EpochRecordSchema, record)
  store.put(rewardsKeys.hash(topicId, nonce), sha256(bytes))
  if (bytes.length <= PIECE) {
    store.put(rewardsKeys.record(topicId, nonce), concatBytes(Uint8Array.of(WHOLE), bytes))
    return
  }
  const hashes: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE)
    store.put(rewardsKeys.piece(topicId, nonce, BigInt(hashes.length)), piece)
    hashes.push(sha256(piece))
  }
  const pieces = toBinary(RecordPiecesSchema, create(RecordPiecesSchema, { hashes }))
  store.put(rewardsKeys.record(topicId, nonce), concatBytes(Uint8Array.of(PIECES), pieces))
}

/** The record of a nonce; undefined where there is none, or none any more. */
export function getRecord(state: StateReader, topicId: bigint, nonce: bigint): EpochRecord | undefined {
  const store = state.store('rewards')
  const stored = store.get(rewardsKeys.record(topicId, nonce))
  if (stored === undefined) return undefined
  if (stored[0] === WHOLE) return fromBinary(EpochRecordSchema, stored.subarray(1))
  const pieces = [...store.scan(rewardsKeys.pieces(topicId, nonce))].map(([, piece]) => piece)
  return fromBinary(EpochRecordSchema, concatBytes(...pieces))
}

/** Forgets a record; its hash stays. */
export function deleteRecord(state: State, topicId: bigint, nonce: bigint): void {
  const store = state.store('rewards')
  store.delete(rewardsKeys.record(topicId, nonce))
  const pieces = [...store.scan(rewardsKeys.pieces(topicId, nonce))].map(([key]) => key)
  for (const key of pieces) store.delete(key)
}

/** Which nonces to list: those above `after`, up to `upTo`; `newest` begins with the newest of them, newest first. */
export type RecordPage = {
  readonly after: bigint
  readonly upTo?: bigint
  readonly limit: number
  readonly newest?: true
}

/** Nonces with a record, oldest first, or the newest ones newest first. */
export function listRecordNonces(
  state: StateReader,
  topicId: bigint,
  { after, upTo, limit, newest }: RecordPage,
): readonly bigint[] {
  const last = upTo === undefined ? {} : { start: rewardsKeys.record(topicId, upTo) }
  const options = newest ? { ...last, reverse: true, limit } : { start: rewardsKeys.record(topicId, after + 1n), limit }
  const nonces = [...listLastParts(state.store('rewards'), rewardsKeys.records(topicId), options)].map(readWhole)
  return nonces.filter((nonce) => nonce > after && (upTo === undefined || nonce <= upTo))
}
