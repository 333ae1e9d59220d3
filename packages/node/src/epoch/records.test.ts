import { create, toBinary } from '@bufbuild/protobuf'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import { isFoothold, replayEpochs } from '@starling/protocol/replay/replayEpochs'
import { describe, expect, it } from 'vitest'
import type { State } from '../app/context.ts'
import { storeNames } from '../app/storeNames.ts'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { messages, referenceRules } from '../app/testing/testMessages.ts'
import { setParams } from '../modules/params/view.ts'
import { keepRecord } from '../modules/rewards/keepRecord.ts'
import { getEpochCounts, getRecord, getRecordHash, listRecordNonces } from '../modules/rewards/view.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { openMemoryStore } from '../store/openMemoryStore.ts'
import { listServed } from './testing/replayTopic.ts'

/** Runs `epochs` epochs back to back, each settled, void or contested as `kindOf` says; `closed` after each close. */
function run(
  topic: TestTopic,
  epochs: number,
  kindOf: (i: number) => 'settled' | 'void' | 'contested',
  closed: () => void = () => {},
): readonly bigint[] {
  const nonces = Array.from({ length: epochs }, (_, i) => topic.first + 5n * BigInt(i))
  for (const [i, nonce] of [...nonces, topic.first + 5n * BigInt(epochs)].entries()) {
    topic.mineTo(nonce)
    if (i > 1) closed()
    const submits = i < epochs && kindOf(i) !== 'void' ? topic.workers : []
    const tells = i > 0 && kindOf(i - 1) !== 'contested' ? topic.reputers : []
    topic.mustBlock(
      ...submits.map((actor, j) => [actor, messages.infer(actor, 1n, nonce, `${20 + j}`)] as const),
      ...tells.map((actor) => [actor, messages.truth(actor, 1n, nonce - 5n, '20')] as const),
    )
  }
  topic.mineTo(topic.first + 5n * BigInt(epochs + 1))
  closed()
  return nonces
}

describe('SPEC GR-3 the records of a topic', () => {
  const topic = openTestTopic()
  const { stores } = topic.chain
  const kindOf = (i: number) => (i % 10 === 3 ? 'void' : i % 10 === 7 ? 'contested' : 'settled')
  const nonces = run(topic, 165, kindOf)
  const records = nonces.map((nonce) => getRecord(stores, 1n, nonce) ?? create(EpochRecordSchema))

  it('say of every epoch what became of it', () => {
    expect(records.map(({ status }) => status)).toEqual(nonces.map((_, i) => kindOf(i)))
    const counts = getEpochCounts(stores, 1n)
    expect(counts).toMatchObject({ settled: 132n, void: 17n, contested: 16n, lastRecord: nonces.at(-1) })
    expect(listRecordNonces(stores, 1n, { after: 0n, limit: 1000 })).toEqual(nonces)
  })

  it('chain by the hash of the record before, whatever became of that', () => {
    expect(records[0]?.previous).toHaveLength(0)
    for (const [i, record] of records.entries()) {
      const hash = sha256(toBinary(EpochRecordSchema, record))
      expect(getRecordHash(stores, 1n, record.nonce)).toEqual(hash)
      if (i + 1 < records.length) expect(records[i + 1]?.previous).toEqual(hash)
    }
  })

  it('carry the full scoring state every 64 records, whose hash is the one after', () => {
    const full = records.flatMap((record, i) => (record.fullState.length > 0 ? [i] : []))
    expect(full).toEqual([0, 64, 128])
    for (const i of full) {
      const record = records[i] ?? create(EpochRecordSchema)
      expect(sha256(record.fullState)).toEqual(record.stateAfter)
      expect(Object.keys(decodeScoringState(record.fullState).inferers)).toHaveLength(3)
    }
  })

  it('lead from each state to the next; what is not settled leaves it alone', () => {
    for (const [i, record] of records.entries()) {
      if (i > 0) expect(record.stateBefore).toEqual(records[i - 1]?.stateAfter)
      const moved = record.stateAfter.join() !== record.stateBefore.join()
      expect(moved).toBe(record.status === 'settled')
    }
  })
})

describe('SPEC GR-3 a record of many labels and workers', () => {
  it('is kept in pieces of 64 kB under the hash of the whole, and comes back whole', () => {
    const labels = Array.from({ length: 256 }, (_, i) => `label-${i}`)
    const policy = {
      ...referenceRules,
      loss: 'cross-entropy',
      labels,
      domainLowest: '',
      domainHighest: '',
      tolerance: '',
    }
    const topic = openTestTopic({ workers: 32, policy })
    const { stores } = topic.chain
    const nonce = topic.first
    const values = Object.fromEntries(labels.map((label) => [label, '0.00390625']))
    topic.mustBlock(...topic.workers.map((actor) => [actor, messages.inferLabels(actor, 1n, nonce, values)] as const))
    topic.mineTo(nonce + 5n)
    topic.mustBlock(
      ...topic.reputers.map((actor) => [actor, messages.truthLabel(actor, 1n, nonce, 'label-3')] as const),
    )
    topic.mineTo(nonce + 10n)
    const store = stores.store('rewards')
    const pieces = [...store.scan(rewardsKeys.pieces(1n, nonce))].map(([, piece]) => piece.length)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.slice(0, -1).every((length) => length === 65_536)).toBe(true)
    const record = getRecord(stores, 1n, nonce) ?? create(EpochRecordSchema)
    expect(record).toMatchObject({ status: 'settled', truthLabel: 'label-3' })
    expect(record.network?.oneOutInferers).toHaveLength(32)
    const bytes = toBinary(EpochRecordSchema, record)
    expect(bytes.length).toBe(pieces.reduce((sum, length) => sum + length, 0))
    expect(getRecordHash(stores, 1n, nonce)).toEqual(sha256(bytes))
  })
})

describe('SPEC GR-3 the retention of records', () => {
  const reason = 'x'.repeat(70_000)
  const keep = (state: State, topicId: bigint, nonce: bigint, long = false): void =>
    keepRecord(state, create(EpochRecordSchema, { topicId, nonce, status: 'void', reason: long ? reason : '' }))
  const noncesOf = (state: State): readonly bigint[] => listRecordNonces(state, 1n, { after: 0n, limit: 20_000 })
  const upTo = (first: bigint, last: bigint): readonly bigint[] =>
    Array.from({ length: Number(last - first) + 1 }, (_, i) => first + BigInt(i))

  it('keeps 10,000 of each topic, in pieces or whole, and the hashes of all', () => {
    const state = openMemoryStore(storeNames)
    keep(state, 2n, 1n)
    for (let nonce = 1n; nonce <= 10_000n; nonce++) keep(state, 1n, nonce, nonce <= 2n)
    expect(getRecord(state, 1n, 1n)?.reason).toBe(reason)
    for (const nonce of [10_001n, 10_002n, 10_003n]) keep(state, 1n, nonce)
    expect(noncesOf(state)).toEqual(upTo(4n, 10_003n))
    expect([...state.store('rewards').scan(rewardsKeys.pieces(1n, 1n))]).toEqual([])
    expect([1n, 2n, 3n].every((nonce) => getRecordHash(state, 1n, nonce)?.length === 32)).toBe(true)
    expect(getRecord(state, 2n, 1n)?.nonce).toBe(1n)
    expect(getEpochCounts(state, 1n)).toMatchObject({ void: 10_003n, lastRecord: 10_003n, kept: 10_000n })
  })

  it('lets at most four records leave with each that comes after it was lowered, and none until there are more after it was raised', () => {
    const state = openMemoryStore(storeNames)
    const retain = (recordRetention: bigint): void => setParams(state, { ...mainnetParams, recordRetention })
    for (const nonce of upTo(1n, 100n)) keep(state, 1n, nonce, nonce === 3n)
    retain(80n)
    for (const nonce of upTo(101n, 106n)) {
      keep(state, 1n, nonce)
      const gone = 4n * (nonce - 100n)
      expect(noncesOf(state)).toEqual(upTo(gone + 1n, nonce))
    }
    for (const nonce of upTo(107n, 120n)) keep(state, 1n, nonce)
    expect(noncesOf(state)).toEqual(upTo(41n, 120n))
    retain(90n)
    for (const nonce of upTo(121n, 130n)) keep(state, 1n, nonce)
    expect(noncesOf(state)).toEqual(upTo(41n, 130n))
    keep(state, 1n, 131n)
    expect(noncesOf(state)).toEqual(upTo(42n, 131n))
    expect(getEpochCounts(state, 1n).kept).toBe(90n)
    expect([...state.store('rewards').scan(rewardsKeys.pieces(1n, 3n))]).toEqual([])
    expect(upTo(1n, 131n).every((nonce) => getRecordHash(state, 1n, nonce) !== undefined)).toBe(true)
  })

  it('as short as it may be leaves of every moment what the newest epoch can be replayed from', () => {
    const topic = openTestTopic({ params: { recordRetention: '65' } })
    const { stores } = topic.chain
    const policy = { id: 1n, policy: requireTopic(stores, 1n).policy }
    const kindOf = (i: number) => (i < 70 || i > 120 ? 'settled' : 'void')
    let closed = 0
    let replayed = 0
    run(topic, 140, kindOf, () => {
      closed++
      if (closed % 64 > 1 && closed % 32 < 30) return
      const served = listServed(stores, 1n)
      const newest = served.length - 1
      const foot = served.findLastIndex((one, i) => i < newest && isFoothold(one))
      const begin = foot === -1 ? 0 : foot
      const verified = replayEpochs(policy, served.slice(begin))
      expect(served.length).toBeLessThanOrEqual(65)
      expect(verified).toHaveLength(served.length - begin)
      expect(verified.flatMap(({ mismatches }) => mismatches)).toEqual([])
      replayed++
    })
    expect(replayed).toBe(13)
    expect(getEpochCounts(stores, 1n).kept).toBe(65n)
  })
})
