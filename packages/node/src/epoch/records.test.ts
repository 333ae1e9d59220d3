import { create, toBinary } from '@bufbuild/protobuf'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { describe, expect, it } from 'vitest'
import { storeNames } from '../app/storeNames.ts'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { messages } from '../app/testing/testMessages.ts'
import { keepRecord } from '../modules/rewards/keepRecord.ts'
import { getEpochCounts, getRecord, getRecordHash, listRecordNonces } from '../modules/rewards/view.ts'
import { openMemoryStore } from '../store/openMemoryStore.ts'

/** Runs `epochs` epochs back to back, each settled, void or contested as `kindOf` says. */
function run(
  topic: TestTopic,
  epochs: number,
  kindOf: (i: number) => 'settled' | 'void' | 'contested',
): readonly bigint[] {
  const nonces = Array.from({ length: epochs }, (_, i) => topic.first + 5n * BigInt(i))
  for (const [i, nonce] of [...nonces, topic.first + 5n * BigInt(epochs)].entries()) {
    topic.mineTo(nonce)
    const submits = i < epochs && kindOf(i) !== 'void' ? topic.workers : []
    const tells = i > 0 && kindOf(i - 1) !== 'contested' ? topic.reputers : []
    topic.mustBlock(
      ...submits.map((actor, j) => [actor, messages.infer(actor, 1n, nonce, `${20 + j}`)] as const),
      ...tells.map((actor) => [actor, messages.truth(actor, 1n, nonce - 5n, '20')] as const),
    )
  }
  topic.mineTo(topic.first + 5n * BigInt(epochs + 1))
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
    const policy = { loss: 'cross-entropy', labels, domainLowest: '', domainHighest: '', tolerance: '' }
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
  it('keeps 10,000 of each topic, in pieces or whole, and the hashes of all', () => {
    const state = openMemoryStore(storeNames)
    const reason = 'x'.repeat(70_000)
    const keep = (topicId: bigint, nonce: bigint, long = false): void =>
      keepRecord(state, create(EpochRecordSchema, { topicId, nonce, status: 'void', reason: long ? reason : '' }))
    keep(2n, 1n)
    for (let nonce = 1n; nonce <= 10_000n; nonce++) keep(1n, nonce, nonce <= 2n)
    expect(getRecord(state, 1n, 1n)?.reason).toBe(reason)
    keep(1n, 10_001n)
    keep(1n, 10_002n)
    keep(1n, 10_003n)
    expect([1n, 2n, 3n, 4n].map((nonce) => getRecord(state, 1n, nonce)?.nonce)).toEqual([
      undefined,
      undefined,
      undefined,
      4n,
    ])
    expect([...state.store('rewards').scan(rewardsKeys.pieces(1n, 1n))]).toEqual([])
    expect([1n, 2n, 3n].every((nonce) => getRecordHash(state, 1n, nonce)?.length === 32)).toBe(true)
    expect(listRecordNonces(state, 1n, { after: 0n, limit: 20_000 })).toHaveLength(10_000)
    expect(getRecord(state, 2n, 1n)?.nonce).toBe(1n)
    expect(getEpochCounts(state, 1n)).toMatchObject({ void: 10_003n, lastRecord: 10_003n })
  })
})
