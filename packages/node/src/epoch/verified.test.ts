import { toBinary } from '@bufbuild/protobuf'
import { type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import { describe, expect, it } from 'vitest'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { sealedPolicy, sealInference, sealTruth } from '../app/testing/sealedMessages.ts'
import { messages } from '../app/testing/testMessages.ts'
import { getRecord, listRecordNonces } from '../modules/rewards/view.ts'
import { getAnswer, getStateBytes } from '../modules/synthesis/view.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { listServed } from './testing/replayTopic.ts'

/** Numbers in [−1, 1) that look random, the same in every run. */
function noise(seed: number, t: number): number {
  return (((Math.imul(seed * 7919 + t, 2654435761) >>> 0) % 100_003) / 100_003) * 2 - 1
}

/** A level that nobody can guess without a model: it jumps by up to 5 from epoch to epoch. */
const truthAt = (t: number): number => 50 + 5 * noise(1, t)
const text = (value: number): string => value.toFixed(6)

/** Two models that see the truth through a veil of their own, and one that knows nothing. */
const models: readonly ((t: number) => number)[] = [
  (t) => truthAt(t) + 0.8 * noise(2, t),
  (t) => truthAt(t) + 0.8 * noise(3, t),
  (t) => 50 + 8 * noise(4, t),
]

/** Epoch after epoch: three models and one that repeats the network's newest answer; the truth of the epoch before. */
function runPlain(topic: TestTopic, epochs: number): void {
  const { stores } = topic.chain
  const [first, second, third, copier] = topic.workers
  if (first === undefined || second === undefined || third === undefined || copier === undefined) {
    throw new Error('four workers are needed')
  }
  for (let t = 0; t <= epochs; t++) {
    const nonce = topic.first + topic.epochLength * BigInt(t)
    topic.mineTo(nonce)
    const last = getAnswer(stores, 1n, nonce - topic.epochLength)?.values[0] ?? 50
    topic.mustBlock(
      ...[first, second, third].map((actor, i) => {
        const value = models[i]?.(t) ?? 0
        return [actor, messages.infer(actor, 1n, nonce, text(value))] as const
      }),
      [copier, messages.infer(copier, 1n, nonce, text(last))],
      ...(t === 0
        ? []
        : topic.reputers.map((actor) => {
            return [actor, messages.truth(actor, 1n, nonce - topic.epochLength, text(truthAt(t - 1)))] as const
          })),
    )
  }
  topic.mineTo(topic.first + topic.epochLength * BigInt(epochs + 1) + 1n)
}

function recordsOf({ chain: { stores } }: TestTopic): readonly EpochRecord[] {
  return listRecordNonces(stores, 1n, { after: 0n, limit: 1000 }).flatMap((nonce) => getRecord(stores, 1n, nonce) ?? [])
}

function paidTo(records: readonly EpochRecord[], address: string | undefined): bigint {
  const payouts = records.flatMap((record) => record.payouts).filter((payout) => payout.address === address)
  return payouts.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
}

describe('a verified topic of numbers', () => {
  const topic = openTestTopic({ workers: 4 })
  runPlain(topic, 40)
  const records = recordsOf(topic)
  const settled = records.filter(({ status }) => status === 'settled')
  const { policy } = requireTopic(topic.chain.stores, 1n)

  it('has the best rules there are without a word about them', () => {
    expect(policy).toMatchObject({ pay: 'contribution', synthesis: 'tower', intervals: 'conformal' })
    expect(settled.length).toBeGreaterThanOrEqual(39)
  })

  it('SPEC VT-6 pays nobody before twenty differences are settled, and reputers all the time', () => {
    // The first truth is needed for a guess to exist.
    const [early, later] = [settled.slice(0, 20), settled.slice(21)]
    const workers = topic.workers.map(({ address }) => address)
    expect(early.flatMap(({ payouts }) => payouts).filter(({ address }) => workers.includes(address))).toEqual([])
    expect(early.every(({ payouts }) => payouts.some(({ role }) => role === 'reputer'))).toBe(true)
    expect(paidTo(later, workers[0])).toBeGreaterThan(0n)
    expect(paidTo(later, workers[1])).toBeGreaterThan(0n)
  })

  it('SPEC VT-6 pays nothing to who knows nothing or repeats the newest answer', () => {
    expect(paidTo(records, topic.workers[2]?.address)).toBe(0n)
    expect(paidTo(records, topic.workers[3]?.address)).toBe(0n)
    const newest = settled.at(-1)?.contribution
    expect(newest?.inferers.map(({ share }) => share > 0)).toEqual(
      newest?.inferers.map(({ address }) => topic.workers.slice(0, 2).some((worker) => worker.address === address)),
    )
  })

  it('splits a pot 60, 15 and 25 %, and what a class does not earn is paid to nobody', () => {
    const record = settled.at(-1)
    const pot = BigInt(record?.pot ?? 0)
    const paid = (role: string): bigint =>
      (record?.payouts ?? [])
        .filter((payout) => payout.role === role)
        .reduce((sum, { amount }) => sum + BigInt(amount), 0n)
    expect(record?.split).toMatchObject({ inferers: 0.6, forecasters: 0.15, reputers: 0.25 })
    expect(Number(paid('inferer')) / Number(pot)).toBeCloseTo(0.6, 9)
    expect(Number(paid('reputer')) / Number(pot)).toBeCloseTo(0.25, 9)
    expect(paid('inferer') + paid('reputer') + BigInt(record?.unpaid ?? 0)).toBe(pot)
  })

  it('SPEC VT-10 answers better than the mean, and weighs those who know', () => {
    const losses = settled.slice(5).map(({ losses }) => losses)
    const sum = (pick: (loss: (typeof losses)[number]) => number) => losses.reduce((total, one) => total + pick(one), 0)
    const best = sum((loss) => Math.min(...(loss?.inferers ?? []).slice(0, 4).map(({ value }) => value)))
    expect(best).toBeGreaterThan(0)
    const mean = settled.slice(5).reduce((total, { inferences, truth = 0 }) => {
      const middle = inferences.reduce((all, { values }) => all + (values[0] ?? 0), 0) / inferences.length
      return total + (middle - truth) ** 2
    }, 0)
    expect(sum((loss) => loss?.combined ?? 0)).toBeLessThan(mean / 2)
    const weights = new Map(settled.at(-1)?.weights.map(({ address, value }) => [address, value]))
    const weightOf = (i: number): number => weights.get(topic.workers[i]?.address ?? '') ?? 0
    expect(weightOf(0) + weightOf(1)).toBeGreaterThan(0.9)
    expect([...weights.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
  })

  it('SPEC VT-7 every answer carries intervals inside the domain, each in the next, and how they did', () => {
    for (const [i, { nonce }] of settled.entries()) {
      const { values, intervals } = getAnswer(topic.chain.stores, 1n, nonce) ?? { values: [], intervals: [] }
      expect(intervals.map(({ level }) => level)).toEqual([0.5, 0.8, 0.95])
      for (const [k, { lower, upper, coverage }] of intervals.entries()) {
        const inner = intervals[k - 1] ?? { lower: values[0] ?? 0, upper: values[0] ?? 0 }
        expect(lower).toBeLessThanOrEqual(inner.lower)
        expect(upper).toBeGreaterThanOrEqual(inner.upper)
        // The answer of an epoch is published before the epoch before it is settled.
        expect(coverage?.epochs).toBe(BigInt(Math.max(0, i - 1)))
        expect(Number(coverage?.hits)).toBeLessThanOrEqual(Number(coverage?.epochs))
      }
    }
  })

  it('SPEC VT-8 evidence that the network beats the guesses grows with the epochs in which it does', () => {
    const edges = settled.map(({ nonce }) => getAnswer(topic.chain.stores, 1n, nonce)?.edge)
    expect(edges[0]).toBe(undefined)
    // An answer knows the settlements up to the last but one, and the first three have no guess that was chosen before.
    expect(edges.at(-1)?.n).toBe(BigInt(settled.length - 5))
    expect(edges.at(-1)?.eValue).toBeGreaterThan(2)
    expect(edges.every((edge) => edge === undefined || edge.shown === edge.eValue >= 20)).toBe(true)
  })

  it('SPEC GR-3 replays to the bit from its records alone, and names an altered guess or skill', () => {
    const served = listServed(topic.chain.stores, 1n)
    const own = { id: 1n, policy }
    expect(replayEpochs(own, served).flatMap(({ mismatches }) => mismatches)).toEqual([])
    const at = served.length - 2
    const alter = (change: (record: EpochRecord) => void): readonly string[] => {
      const altered = served.map((one, i) => {
        if (i !== at) return one
        const record = structuredClone(one.record)
        change(record)
        return { ...one, record, bytes: toBinary(EpochRecordSchema, record) }
      })
      return replayEpochs(own, altered)
        .slice(at, at + 1)
        .flatMap(({ mismatches }) => mismatches.map(({ field }) => field))
    }
    expect(
      alter((record) => {
        record.lastAnswer = [51]
      }),
    ).toContain('lastAnswer')
    const altered = alter((record) => {
      const [share] = record.contribution?.inferers ?? []
      if (share !== undefined) share.skill += 1
    })
    expect(altered).toEqual(['hash', 'contribution.inferers[0].skill'])
  })
})

/** All reputers commit and reveal one number. */
function attestSealed(topic: TestTopic, nonce: bigint, value: string): void {
  const pairs = topic.reputers.map((actor) => ({ actor, pair: sealTruth(actor, { topicId: 1n, nonce }, value) }))
  topic.mustBlock(...pairs.map(({ actor, pair }) => [actor, pair.commit] as const))
  topic.mineTo(nonce + topic.groundTruthLag + 2n)
  topic.mustBlock(...pairs.map(({ actor, pair }) => [actor, pair.reveal] as const))
}

describe('a verified topic with sealed submissions', () => {
  it('SPEC VT-2 counts a missing reveal as the worst difference there is, an absence as no better than the others', () => {
    const pace = { epochLength: 10n, groundTruthLag: 15n, workerSubmissionWindow: 4n }
    const topic = openTestTopic({ ...pace, workers: 3, policy: sealedPolicy })
    const { stores } = topic.chain
    for (let t = 0; t < 7; t++) {
      const nonce = topic.first + 10n * BigInt(t)
      topic.mineTo(nonce)
      // From the fifth epoch on the second worker commits and keeps silent, and the third does nothing at all.
      const acting = topic.workers.slice(0, t < 4 ? 3 : 2)
      const place = { topicId: 1n, nonce }
      const pairs = acting.map((actor, i) => ({ actor, pair: sealInference(actor, place, text(models[i]?.(t) ?? 0)) }))
      topic.mustBlock(...pairs.map(({ actor, pair }) => [actor, pair.commit] as const))
      topic.mineTo(nonce + 2n)
      const open = t < 4 ? pairs : pairs.slice(0, 1)
      topic.mustBlock(...open.map(({ actor, pair }) => [actor, pair.reveal] as const))
      topic.mineTo(nonce + 5n)
      if (t > 0) attestSealed(topic, nonce - 10n, text(truthAt(t - 1)))
    }
    const bytes = getStateBytes(stores, 1n)
    const { verified } = decodeScoringState(bytes ?? new Uint8Array())
    const entriesOf = (i: number) => verified?.contribution?.workers[topic.workers[i]?.address ?? '']?.entries
    const number = expect.any(Number)
    // Before the first truth, which the third epoch is the first to know, there is no guess to differ from.
    expect(entriesOf(0)).toEqual([number, number, number, number])
    expect(entriesOf(1)).toEqual([number, number, 'missed', 'missed'])
    expect(entriesOf(2)).toEqual([number, number, 'absent', 'absent'])
    const { policy } = requireTopic(stores, 1n)
    const replayed = replayEpochs({ id: 1n, policy }, listServed(stores, 1n))
    expect(replayed.flatMap(({ mismatches }) => mismatches)).toEqual([])
    expect(recordsOf(topic).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'settled'))
  })
})

describe('verified topics of other kinds', () => {
  const common = { domainLowest: '', domainHighest: '', tolerance: '' }

  function run(topic: TestTopic, act: (nonce: bigint, t: number) => void): void {
    for (let t = 0; t < 6; t++) {
      const nonce = topic.first + topic.epochLength * BigInt(t)
      topic.mineTo(nonce)
      act(nonce, t)
    }
    topic.mineTo(topic.first + topic.epochLength * 6n + 1n)
  }

  function expectReplay({ chain: { stores } }: TestTopic): void {
    const { policy } = requireTopic(stores, 1n)
    const replayed = replayEpochs({ id: 1n, policy }, listServed(stores, 1n))
    expect(replayed.flatMap(({ mismatches }) => mismatches)).toEqual([])
  }

  it('SPEC VT-7 answers of labels carry prediction sets by name', () => {
    const policy = { ...common, loss: 'cross-entropy', labels: ['down', 'flat', 'up'] }
    const topic = openTestTopic({ policy })
    run(topic, (nonce, t) => {
      topic.mustBlock(
        ...topic.workers.map((actor, i) => {
          const labels = { down: '0.125', flat: String(0.25 + i / 8), up: String(0.625 - i / 8) }
          return [actor, messages.inferLabels(actor, 1n, nonce, labels)] as const
        }),
        ...(t === 0
          ? []
          : topic.reputers.map((actor) => [actor, messages.truthLabel(actor, 1n, nonce - 5n, 'up')] as const)),
      )
    })
    const answer = getAnswer(topic.chain.stores, 1n, topic.first + 20n)
    expect(answer?.intervals).toEqual([])
    expect(answer?.sets.map(({ level, labels }) => [level, labels[0]])).toEqual([
      [0.5, 'up'],
      [0.8, 'up'],
      [0.95, 'up'],
    ])
    expect(answer?.sets[0]?.coverage).toMatchObject({ epochs: 3n, hits: 3n })
    expectReplay(topic)
  })

  it('SPEC VT-7 an event has no interval, and its topic keeps how probabilities came true', () => {
    const topic = openTestTopic({ policy: { ...common, loss: 'log-loss' } })
    run(topic, (nonce, t) => {
      topic.mustBlock(
        ...topic.workers.map((actor) => [actor, messages.infer(actor, 1n, nonce, '0.75')] as const),
        ...(t === 0 ? [] : topic.reputers.map((actor) => [actor, messages.truth(actor, 1n, nonce - 5n, '1')] as const)),
      )
    })
    expect(getAnswer(topic.chain.stores, 1n, topic.first + 20n)).toMatchObject({ intervals: [], sets: [] })
    const { verified } = decodeScoringState(getStateBytes(topic.chain.stores, 1n) ?? new Uint8Array())
    const bins = verified?.calibration?.kind === 'reliability' ? verified.calibration.bins : []
    expect(bins.map(({ n }) => n)).toEqual([0, 0, 0, 0, 0, 0, 0, 5, 0, 0])
    expect(bins[7]?.events).toBe(5)
    expectReplay(topic)
  })
})
