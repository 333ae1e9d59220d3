import { describe, expect, it } from 'vitest'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { sealedPolicy, sealInference, sealTruth } from '../app/testing/sealedMessages.ts'
import { listCommitments } from '../modules/epochs/view.ts'
import { getRecord } from '../modules/rewards/view.ts'

const PLACES = 8
const SQUATTERS = 16
const HONEST = 8
/** Epochs: the honest come when the squatters have long been there; then their wait is counted. */
const ARRIVAL = 12
const EPOCHS = 52
const LATE = 10
const EPOCH = 3n

/** Numbers in [−1, 1) that look random, the same in every run. */
function noise(seed: number, t: number): number {
  return (((Math.imul(seed * 7919 + t, 2654435761) >>> 0) % 100_003) / 100_003) * 2 - 1
}

/** A level that nobody can guess without a model. */
const truthAt = (t: number): number => 50 + 5 * noise(1, t)
/** Models that see it through a veil of their own, and names that know nothing. */
const honestAt = (i: number, t: number): number => truthAt(t) + (1 + i / 4) * noise(10 + i, t)
const junkAt = (i: number, t: number): number => 50 + 8 * noise(100 + i, t)

/** One epoch after the other: commitments and reveals of an epoch share blocks with those of the truth of the one before. */
function run(topic: TestTopic, sayAt: (i: number, t: number) => number | undefined) {
  const { stores } = topic.chain
  const nonceOf = (t: number) => topic.first + EPOCH * BigInt(t)
  return Array.from({ length: EPOCHS + 1 }, (_, t) => {
    const nonce = nonceOf(t)
    topic.mineTo(nonce)
    const place = { topicId: 1n, nonce }
    const work = topic.workers.flatMap((actor, i) => {
      const value = t < EPOCHS ? sayAt(i, t) : undefined
      return value === undefined ? [] : [{ actor, ...sealInference(actor, place, value.toFixed(6)) }]
    })
    const truths = topic.reputers.flatMap((actor) => {
      if (t === 0) return []
      return [{ actor, ...sealTruth(actor, { topicId: 1n, nonce: nonceOf(t - 1) }, truthAt(t - 1).toFixed(6)) }]
    })
    topic.mustBlock(...[...work, ...truths].map(({ actor, commit }) => [actor, commit] as const))
    const holders = listCommitments(stores, 'inferer', place).map(({ author }) => author)
    const revealed = work.filter(({ actor }) => holders.includes(actor.address))
    topic.mustBlock(...[...revealed, ...truths].map(({ actor, reveal }) => [actor, reveal] as const))
    return holders
  })
}

describe('G06 sixteen squatters of junk want the eight places of a topic', () => {
  const topic = openTestTopic({
    params: { maxTopInferersToReward: `${PLACES}` },
    workers: SQUATTERS + HONEST,
    epochLength: EPOCH,
    groundTruthLag: 3n,
    workerSubmissionWindow: 3n,
    policy: {
      ...sealedPolicy,
      workerCommitWindow: 1n,
      truthCommitWindow: 1n,
      truthRevealWindow: 1n,
    },
  })
  const honest = topic.workers.slice(SQUATTERS).map(({ address }) => address)
  const places = run(topic, (i, t) => {
    if (i < SQUATTERS) return junkAt(i, t)
    return t < ARRIVAL ? undefined : honestAt(i - SQUATTERS, t)
  })
  const held = places.slice(0, EPOCHS).map((holders) => holders.filter((who) => honest.includes(who)).length)

  it('settles every epoch with as many inferers as there are places', () => {
    for (let t = 0; t < EPOCHS; t++) {
      const record = getRecord(topic.chain.stores, 1n, topic.first + EPOCH * BigInt(t))
      expect(record).toMatchObject({ status: 'settled' })
      expect(record?.inferences).toHaveLength(PLACES)
    }
  })

  it('each honest worker that comes later has a place within thirty epochs', () => {
    expect(held[ARRIVAL - 1]).toBe(0)
    const waits = honest.map((who) => places.slice(ARRIVAL).findIndex((holders) => holders.includes(who)))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...waits)).toBeLessThanOrEqual(30)
  })

  it('and in the end they hold nearly all of them', () => {
    const late = held.slice(-LATE)
    expect(late.reduce((a, b) => a + b, 0) / LATE).toBeGreaterThanOrEqual(6.5)
  })
})
