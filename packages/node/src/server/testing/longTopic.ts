import { create, toBinary } from '@bufbuild/protobuf'
import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import { AnswerSchema, type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { synthesisKeys } from '@starling/protocol/modules/synthesis/keys'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { StateReader } from '../../app/context.ts'
import { queries } from '../../app/queries.ts'
import { openTestTopic } from '../../app/testing/openTestTopic.ts'
import type { ScanOptions, StoreReader } from '../../store/store.ts'
import { messageToJson } from '../json/messageToJson.ts'
import { readRequest } from '../rest/readRequest.ts'

/** What a node says of topic 1 with many settled epochs, of which none is stored: each is made as it is read. */
export type LongTopic = {
  /** Nonces of the oldest and the newest settled epoch. */
  readonly oldest: bigint
  readonly newest: bigint
  readonly state: StateReader
  /** The JSON that REST answers to a path with its query string. */
  answer(url: string): object
}

type Setup = { readonly epochs: number; readonly workers: number; readonly epochLength: bigint }

const LEVELS = [0.5, 0.8, 0.95]
const id = 1n

/** A topic of numbers whose worker i misses the truth by i + 1 times as much as the first. */
export function openLongTopic({ epochs, workers, epochLength }: Setup): LongTopic {
  const network = openTestTopic({ workers })
  const { stores } = network.chain
  const oldest = epochLength
  const newest = oldest + BigInt(epochs - 1) * epochLength
  const addresses = network.workers.map(({ address }) => address).sort()
  const most = toBinary(EpochRecordSchema, recordOf(addresses))
  const records: StoreReader = {
    get: (key) => stores.store('rewards').get(key),
    scan(prefix, options = {}) {
      if (compareBytes(prefix, rewardsKeys.records(id)) !== 0) return stores.store('rewards').scan(prefix, options)
      return scanEpochs({ oldest, newest, epochLength }, options, (nonce) => [
        rewardsKeys.record(id, nonce),
        concatBytes(Uint8Array.of(0), most, ownPart(nonce, Number((nonce - oldest) / epochLength))),
      ])
    },
  }
  const answers: StoreReader = {
    get(key) {
      const nonce = nonceOf(key, synthesisKeys.answers(id))
      if (nonce === undefined) return stores.store('synthesis').get(key)
      return answerBytes(nonce, Number((nonce - oldest) / epochLength))
    },
    scan: (prefix, options) => stores.store('synthesis').scan(prefix, options),
  }
  const state: StateReader = {
    store: (name) => (name === 'rewards' ? records : name === 'synthesis' ? answers : stores.store(name)),
  }
  return { oldest, newest, state, answer: (url) => answerFrom(state, newest, url) }
}

function answerFrom(state: StateReader, height: bigint, url: string): object {
  const { pathname, searchParams } = new URL(url, 'http://node')
  const row = queries.find(({ rest }) => rest.replace('{topic_id}', String(id)) === pathname)
  if (row === undefined) throw new Error(`no query has the path ${pathname}`)
  const given = [...searchParams].map(([name, value]) => [name, [value]] as const)
  const request = readRequest(row.request, new Map([...given, ['topic_id', [String(id)]]]))
  return messageToJson(row.response, row.run({ state, chainId: 'long', height }, request))
}

type Range = { readonly oldest: bigint; readonly newest: bigint; readonly epochLength: bigint }
type Entry = readonly [key: Uint8Array, value: Uint8Array]

function* scanEpochs({ oldest, newest, epochLength }: Range, options: ScanOptions, read: (nonce: bigint) => Entry) {
  const { start, reverse = false, limit = Number.POSITIVE_INFINITY } = options
  if (reverse) throw new Error('long topics are read forwards')
  const from = start === undefined ? oldest : (nonceOf(start, rewardsKeys.records(id)) ?? oldest)
  const skipped = from <= oldest ? 0n : (from - oldest + epochLength - 1n) / epochLength
  let nonce = oldest + skipped * epochLength
  for (let read1 = 0; read1 < limit && nonce <= newest; read1 += 1, nonce += epochLength) yield read(nonce)
}

function nonceOf(key: Uint8Array, prefix: Uint8Array): bigint | undefined {
  if (key.length <= prefix.length || compareBytes(key.subarray(0, prefix.length), prefix) !== 0) return undefined
  return readWhole(fromUtf8(key.subarray(prefix.length)))
}

/** What epochs have in common: most of their bytes. */
function recordOf(addresses: readonly string[]): EpochRecord {
  const each = (value: (i: number) => number) => addresses.map((address, i) => ({ address, value: value(i) }))
  const inferences = addresses.map((worker, i) => ({ worker, values: [1 + i / 10] }))
  const losses = { inferers: each((i) => (i + 1) / 10), oneOutInferers: each(() => 0.2) }
  return create(EpochRecordSchema, {
    topicId: id,
    status: 'settled',
    inferences,
    network: { inferers: inferences, oneOutInferers: inferences, weights: each(() => 1 / addresses.length) },
    losses,
    logLosses: losses,
    regrets: each(() => 0.1),
    weights: each(() => 1 / addresses.length),
    scores: { inferers: each(() => 1) },
    payouts: addresses.map((address) => ({ address, role: 'inferer', amount: '1000' })),
    contribution: { inferers: addresses.map((address) => ({ address, skill: 0.1, weight: 0.2, share: 0.3 })) },
  })
}

/** What an epoch has of its own; written behind what all have, it is merged with that. */
function ownPart(nonce: bigint, i: number): Uint8Array {
  const { answer, truth } = valuesOf(i)
  const loss = (answer - truth) * (answer - truth)
  const own = create(EpochRecordSchema, {
    ...{ nonce, truth },
    network: { combined: [answer] },
    losses: { combined: loss, naive: 1.5 * loss },
  })
  return toBinary(EpochRecordSchema, own)
}

function answerBytes(nonce: bigint, i: number): Uint8Array {
  const { answer } = valuesOf(i)
  const intervals = LEVELS.map((level) => ({ level, lower: answer - level, upper: answer + level }))
  return toBinary(AnswerSchema, create(AnswerSchema, { topicId: id, nonce, values: [answer], intervals }))
}

/** Slow waves, and what looks like chance. */
function valuesOf(i: number): { readonly answer: number; readonly truth: number } {
  const chance = (seed: number): number => ((seed * 7919) % 1009) / 1009 - 0.5
  const truth = 10 + 3 * Math.sin(i / 9000) + Math.sin(i / 300) + chance(i)
  return { answer: truth + chance(i + 31) / 2, truth }
}
