import { toHex } from '@starling/protocol/bytes/hex'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { type Comparison, compareLeaf, joinComparisons } from '@starling/protocol/replay/compareLeaves'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import type { Mismatch, ServedRecord, VerifiedEpoch } from '@starling/protocol/replay/types'
import { type RecordChain, readChain } from '../records/readChain.ts'
import type { ReplaySource } from './replaySource.ts'
import { type PaymentsCheck, verifyPayments } from './verifyPayments.ts'

/** Nonces of the first and the last epoch asked for. */
export type Span = { readonly from: bigint; readonly to: bigint }

/** What came of one epoch. */
export type EpochResult = {
  readonly nonce: bigint
  readonly served: ServedRecord
  readonly compared: number
  readonly mismatches: readonly Mismatch[]
  readonly payments: PaymentsCheck
  readonly verified: VerifiedEpoch | undefined
}

/** The epochs asked for, and what was found on the way to them. */
export type SpanResult = {
  /** Nonce of the record whose full state the replay stands on; undefined where it began with the topic. */
  readonly standsOn: bigint | undefined
  /** Records before the epochs asked for that were replayed as well. */
  readonly replayedBefore: number
  readonly epochs: readonly EpochResult[]
  /** Nonces of records, those on the way included, that are not what the chain keeps the hash of. */
  readonly altered: readonly bigint[]
  /** Nonces of all records that were read. */
  readonly read: readonly bigint[]
}

/** Replays a topic up to the epochs asked for. What is wrong before them belongs to the first of them. */
export async function verifySpan(records: ReplaySource, span: Span): Promise<SpanResult> {
  const chain = await readChain(records.reader, records.topic.id, span)
  const verified = replayOrCompare(records, chain)
  const way = verified.filter(({ nonce }) => nonce < span.from)
  const epochs: EpochResult[] = []
  for (const served of chain.records) {
    const { nonce } = served.record
    const epoch = verified.find((one) => one.nonce === nonce)
    if (nonce < span.from || nonce > span.to) continue
    const before = epochs.length === 0 ? onTheWay(way) : []
    const checked = epoch === undefined ? notReached(served) : epoch
    const payments = await verifyPayments(records, served.record)
    const all = joinComparisons([...before, checked, payments])
    epochs.push({ nonce, served, ...all, payments, verified: epoch })
  }
  const [first] = chain.records
  const stands = first !== undefined && first.record.previousNonce !== 0n ? first.record.nonce : undefined
  return {
    standsOn: stands,
    replayedBefore: way.length - (stands === undefined ? 0 : 1),
    epochs,
    altered: noncesOf(chain.records.filter((served) => compareHash(served).mismatches.length > 0)),
    read: noncesOf(chain.records),
  }
}

function noncesOf(records: readonly ServedRecord[]): readonly bigint[] {
  return records.map(({ record }) => record.nonce)
}

/**
 * A chain that breaks off is not replayed: what can be said is which of its records are not what the chain has, and that
 * the oldest names one before it that is none.
 */
function replayOrCompare({ topic }: ReplaySource, { records, complete }: RecordChain): readonly VerifiedEpoch[] {
  if (complete) return replayEpochs(topic, records)
  return records.map((served, i) => ({
    nonce: served.record.nonce,
    ...(i === 0 ? joinComparisons([compareHash(served), leadsNowhere(served)]) : compareHash(served)),
    replayed: undefined,
    stateAfter: new Uint8Array(),
  }))
}

function leadsNowhere({ record }: ServedRecord): Comparison {
  return compareLeaf('previousNonce', record.previousNonce.toString(), null)
}

/** A record behind one that could not be replayed. */
function notReached(served: ServedRecord): Comparison {
  return joinComparisons([compareHash(served), compareLeaf('stateBefore', toHex(served.record.stateBefore), null)])
}

function compareHash({ bytes, hash }: ServedRecord): Comparison {
  return compareLeaf('hash', hash === undefined ? null : toHex(hash), toHex(sha256(bytes)))
}

/** Mismatches of earlier epochs, under the names of their records. */
function onTheWay(way: readonly VerifiedEpoch[]): readonly Comparison[] {
  return way.map(({ nonce, compared, mismatches }) => ({
    compared,
    mismatches: mismatches.map((one) => ({ ...one, field: `epoch ${nonce}: ${one.field}` })),
  }))
}
