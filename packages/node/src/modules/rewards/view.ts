import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
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
import type { ScanOptions, StoreReader } from '../../store/store.ts'
import { getMessage, getWhole, putMessage, putWhole } from '../../store/values.ts'

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
  return stored === undefined ? undefined : fromBinary(EpochRecordSchema, wholeRecord(store, topicId, nonce, stored))
}

/** A record's bytes, from what stands under its key. */
function wholeRecord(store: StoreReader, topicId: bigint, nonce: bigint, stored: Uint8Array): Uint8Array {
  if (stored[0] === WHOLE) return stored.subarray(1)
  return concatBytes(...[...store.scan(rewardsKeys.pieces(topicId, nonce))].map(([, piece]) => piece))
}

/** Forgets a record; its hash stays. */
export function deleteRecord(state: State, topicId: bigint, nonce: bigint): void {
  const store = state.store('rewards')
  store.delete(rewardsKeys.record(topicId, nonce))
  const pieces = [...store.scan(rewardsKeys.pieces(topicId, nonce))].map(([key]) => key)
  for (const key of pieces) store.delete(key)
}

/** Which records to list: those above `after` up to `until`, oldest first, or the newest ones up to `upTo`, newest first. */
export type RecordPage =
  | { readonly after: bigint; readonly limit: number; readonly newest?: false; readonly until?: bigint }
  | { readonly after: bigint; readonly limit: number; readonly newest: true; readonly upTo?: bigint }

/** Nonces with a record. */
export function listRecordNonces(state: StateReader, topicId: bigint, page: RecordPage): readonly bigint[] {
  return [...scanStored(state, topicId, page)].map(({ nonce }) => nonce)
}

/** Bytes of records, read one by one as they are asked for. */
export function* scanRecords(state: StateReader, topicId: bigint, page: RecordPage): Generator<Uint8Array> {
  const store = state.store('rewards')
  for (const { nonce, stored } of scanStored(state, topicId, page)) yield wholeRecord(store, topicId, nonce, stored)
}

type StoredRecord = { readonly nonce: bigint; readonly stored: Uint8Array }

function* scanStored(state: StateReader, topicId: bigint, page: RecordPage): Generator<StoredRecord> {
  const { after, limit } = page
  const prefix = rewardsKeys.records(topicId)
  for (const [key, stored] of state.store('rewards').scan(prefix, { limit, ...boundsOf(topicId, page) })) {
    const nonce = readWhole(fromUtf8(key.subarray(prefix.length)))
    if (nonce <= after || (!page.newest && page.until !== undefined && nonce > page.until)) return
    yield { nonce, stored }
  }
}

function boundsOf(topicId: bigint, page: RecordPage): ScanOptions {
  if (!page.newest) return { start: rewardsKeys.record(topicId, page.after + 1n) }
  return { reverse: true, ...(page.upTo === undefined ? {} : { start: rewardsKeys.record(topicId, page.upTo) }) }
}
