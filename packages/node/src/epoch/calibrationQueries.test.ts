import * as q from '@starling/protocol/gen/starling/v1/query_pb'
import { edgeOf } from '@starling/protocol/scoring/edge/edgeOf'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../app/testing/askQuery.ts'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { messages, referenceRules } from '../app/testing/testMessages.ts'
import { getEpochCounts, getRecord } from '../modules/rewards/view.ts'
import { readScoring } from '../modules/synthesis/readScoring.ts'
import { getAnswer } from '../modules/synthesis/view.ts'

const on = { topicId: 1n }
const EPOCHS = 24
const ABSENT = 3
/** Epochs whose answer was published after the first truth: they have a baseline. */
const COUNTED = EPOCHS - 2

/** What each worker says in an epoch whose truth is given; undefined where it is silent. */
type Say = (truth: number, epoch: number) => readonly (string | undefined)[]

/** A topic after so many settled epochs and one block more. */
function settle(topic: TestTopic, truths: readonly number[], say: Say): void {
  truths.forEach((truth, epoch) => {
    const nonce = topic.first + BigInt(epoch) * topic.epochLength
    const previous = truths[epoch - 1]
    topic.mustBlock(
      ...say(truth, epoch).flatMap((value, i) => {
        const worker = topic.workers[i]
        return value === undefined || worker === undefined
          ? []
          : [[worker, messages.infer(worker, 1n, nonce, value)] as const]
      }),
      ...(previous === undefined
        ? []
        : topic.reputers.map(
            (reputer) => [reputer, messages.truth(reputer, 1n, nonce - topic.epochLength, String(previous))] as const,
          )),
    )
    topic.mineTo(nonce + topic.epochLength)
  })
  const last = topic.first + BigInt(truths.length - 1) * topic.epochLength
  topic.mustBlock(...topic.reputers.map((one) => [one, messages.truth(one, 1n, last, String(truths.at(-1)))] as const))
  topic.mineTo(last + topic.groundTruthLag + topic.epochLength)
}

/** Truths that no model-free guess comes near. */
const jumps = Array.from({ length: EPOCHS }, (_, i) => ((i * 37) % 17) * 2)
const topic = openTestTopic({ workers: 4 })
const { application, stores } = topic.chain
// Two that know, apart from each other and from the truth by halves of a degree, a guesser, and one that comes and goes.
settle(topic, jumps, (truth, epoch) => [
  String(truth + ((epoch % 5) - 2) / 4),
  String(truth + ((epoch % 3) - 1) / 2),
  '15',
  epoch < ABSENT || epoch === EPOCHS - 1 ? undefined : String(truth + 0.5),
])
const newest = topic.first + BigInt(EPOCHS - 1) * topic.epochLength
const scoring = readScoring(stores, 1n)

const calibrationOf = (asked: TestTopic) =>
  askQuery(asked.chain.application, [q.GetCalibrationRequestSchema, q.GetCalibrationResponseSchema], on)
const contributorsOf = (asked: TestTopic, page: { after?: string; limit?: bigint } = {}) =>
  askQuery(asked.chain.application, [q.GetContributorsRequestSchema, q.GetContributorsResponseSchema], {
    ...on,
    ...page,
  })
const addressOf = (i: number): string => topic.workers[i]?.address ?? ''

describe('VT-7 VT-8 GetCalibration', () => {
  it('counts what the intervals of published answers held, and how wide they were', () => {
    const { epochs, levels, bins, nonce } = calibrationOf(topic)
    expect([nonce, epochs, bins]).toEqual([newest, BigInt(EPOCHS), []])
    const answers = jumps.map((truth, i) => ({
      truth,
      intervals: getAnswer(stores, 1n, topic.first + BigInt(i) * topic.epochLength)?.intervals ?? [],
    }))
    expect(levels.map(({ level }) => level)).toEqual([0.5, 0.8, 0.95])
    levels.forEach(({ level, epochs, hits, meanWidth }) => {
      const mine = answers.map(({ truth, intervals }) => ({ truth, ...intervals.find((one) => one.level === level) }))
      const held = mine.filter(({ truth, lower = Number.NaN, upper = Number.NaN }) => truth >= lower && truth <= upper)
      const width = mine.reduce((sum, { lower = Number.NaN, upper = Number.NaN }) => sum + (upper - lower), 0)
      expect([epochs, hits]).toEqual([BigInt(EPOCHS), BigInt(held.length)])
      expect(meanWidth).toBeCloseTo(width / EPOCHS, 9)
    })
  })

  it('has the edge and the leading baseline, with the mean losses of both over the same epochs', () => {
    const { edge, baseline } = calibrationOf(topic)
    const { edge: kept, contribution } = scoring.verified ?? {}
    expect(edge).toMatchObject(kept ? { ...edgeOf(kept), n: BigInt(kept.n) } : {})
    expect(edge?.n).toBe(BigInt(COUNTED - 1))
    const found = getRecord(stores, 1n, newest)?.contribution
    expect(baseline).toMatchObject({ candidate: found?.chosen, bound: found?.bound, epochs: BigInt(COUNTED) })
    expect(baseline?.name).not.toBe('')
    const records = jumps
      .map((_, i) => getRecord(stores, 1n, topic.first + BigInt(i) * topic.epochLength))
      .slice(-COUNTED)
    const mean = (list: readonly (number | undefined)[]): number =>
      list.reduce((sum: number, loss) => sum + (loss ?? Number.NaN), 0) / list.length
    const candidate = baseline?.candidate ?? -1
    expect(baseline?.meanLoss).toBeCloseTo(mean(records.map((one) => one?.contribution?.baselines[candidate]?.loss)), 9)
    expect(baseline?.networkMeanLoss).toBeCloseTo(mean(records.map((one) => one?.losses?.combined)), 9)
    expect(baseline?.networkMeanLoss).toBeLessThan(baseline?.meanLoss ?? 0)
    expect(contribution?.window).toHaveLength(COUNTED)
  })

  it('counts epochs and nothing else before the first settlement', () => {
    const { nonce, epochs, levels, edge, baseline } = calibrationOf(openTestTopic())
    expect([nonce, epochs, edge, baseline]).toEqual([0n, 0n, undefined, undefined])
    expect(levels.map((one) => [one.level, one.epochs, one.hits, one.meanWidth])).toEqual([
      [0.5, 0n, 0n, undefined],
      [0.8, 0n, 0n, undefined],
      [0.95, 0n, 0n, undefined],
    ])
  })

  it('counts the answers of events by their probability', () => {
    const event = openTestTopic({ policy: { loss: 'brier', domainLowest: '0', domainHighest: '1' } })
    settle(event, [1, 0, 1], (truth) => [String(truth === 1 ? 0.84 : 0.12), '0.5', '0.5'])
    const { epochs, levels, bins, baseline } = calibrationOf(event)
    expect([epochs, levels, baseline?.name]).toEqual([3n, [], expect.stringMatching(/frequency|last answer/)])
    expect(bins.map(({ lower, upper }) => [lower, upper])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i / 10, (i + 1) / 10]),
    )
    expect(bins.reduce((sum, { n }) => sum + n, 0n)).toBe(3n)
    const answers = [1, 0, 1].map((truth, i) => {
      const nonce = event.first + BigInt(i) * event.epochLength
      return { truth, probability: getAnswer(event.chain.stores, 1n, nonce)?.values[0] ?? Number.NaN }
    })
    for (const { n, lower, upper, meanProbability, frequency } of bins) {
      const mine = answers.filter(({ probability }) => probability >= lower && probability < upper)
      const mean = (list: readonly number[]) =>
        list.length === 0 ? undefined : list.reduce((sum, one) => sum + one, 0) / list.length
      expect([n, meanProbability, frequency]).toEqual([
        BigInt(mine.length),
        mean(mine.map(({ probability }) => probability)),
        mean(mine.map(({ truth }) => truth)),
      ])
    }
  })

  it('counts prediction sets of labels by their size', () => {
    const labels = { loss: 'cross-entropy', labels: ['dry', 'wet'], domainLowest: '0', domainHighest: '1' }
    const { levels, bins, edge } = calibrationOf(openTestTopic({ policy: labels }))
    expect([levels.map(({ level }) => level), bins, edge]).toEqual([[0.5, 0.8, 0.95], [], undefined])
  })
})

describe('VT-6 GetContributors', () => {
  const { contributors, needed, nonce } = contributorsOf(topic)
  const of = (i: number) => contributors.find(({ address }) => address === addressOf(i))

  it('has skill, weight and share that the newest settled epoch was paid by', () => {
    expect([nonce, needed]).toEqual([newest, 20])
    expect(contributors.map(({ address }) => address)).toEqual(topic.workers.map(({ address }) => address).toSorted())
    const paid = getRecord(stores, 1n, newest)?.contribution?.inferers ?? []
    expect(paid.length).toBe(3)
    for (const { address, skill, weight, share } of paid) {
      expect(contributors.find((one) => one.address === address)).toMatchObject({
        role: 'inferer',
        skill,
        weight,
        share,
      })
    }
    expect(of(0)?.share).toBeGreaterThan(0)
    expect(of(2)).toMatchObject({ weight: 0, share: 0, present: COUNTED, absent: 0, missed: 0, uptime: 1 })
  })

  it('counts absences since the admission; who was not in the newest epoch has a skill, and no share of it', () => {
    // Admitted in epoch 3, and absent from the newest.
    expect(of(3)).toMatchObject({ weight: 0, share: 0, epochs: EPOCHS - ABSENT, present: EPOCHS - ABSENT - 1 })
    expect(of(3)).toMatchObject({ absent: 1, missed: 0, uptime: (EPOCHS - ABSENT - 1) / (EPOCHS - ABSENT) })
    expect(of(3)?.skill).toBeGreaterThan(0)
  })

  it('goes page by page, in the order of the addresses', () => {
    const all = contributors.map(({ address }) => address)
    const page = (fields: { after?: string; limit?: bigint }) =>
      contributorsOf(topic, fields).contributors.map(({ address }) => address)
    expect(page({ limit: 2n })).toEqual(all.slice(0, 2))
    expect(page({ after: all[1] ?? '', limit: 1n })).toEqual(all.slice(2, 3))
    expect(page({ after: all.at(-1) ?? '' })).toEqual([])
    expect(() => page({ limit: 1001n })).toThrow('limit must be at most 1000, got 1001')
  })

  it('keeps both roles of one address on one page', () => {
    const both = openTestTopic({ workers: 2 })
    const [worker] = both.workers
    if (worker === undefined) throw new Error('there is no worker')
    const elements = both.workers.map(({ address }) => ({ inferer: address, value: '0.5' }))
    for (const epoch of [0n, 1n, 2n]) {
      const nonce = both.first + epoch * both.epochLength
      both.mustBlock(
        ...both.workers.map((one, i) => [one, messages.infer(one, 1n, nonce, String(20 + i))] as const),
        ...(epoch === 0n
          ? []
          : both.reputers.map((one) => [one, messages.truth(one, 1n, nonce - both.epochLength, '20')] as const)),
      )
      both.mustBlock([worker, messages.forecast(worker, 1n, nonce, elements)])
      both.mineTo(nonce + both.epochLength)
    }
    const [last] = [both.first + 2n * both.epochLength]
    both.mustBlock(...both.reputers.map((one) => [one, messages.truth(one, 1n, last, '20')] as const))
    both.mineTo(last + both.groundTruthLag + both.epochLength)
    const rows = (fields: { after?: string; limit?: bigint }) =>
      contributorsOf(both, fields).contributors.map(({ address, role }) => [address, role])
    const everybody = rows({})
    expect(everybody).toHaveLength(3)
    expect(everybody.filter(([address]) => address === worker.address).map(([, role]) => role)).toEqual([
      'inferer',
      'forecaster',
    ])
    const pages = both.workers
      .map(({ address }) => address)
      .toSorted()
      .map((_, i, all) => rows({ after: all[i - 1] ?? '', limit: 1n }))
    expect(pages.flat()).toEqual(everybody)
  })
})

describe('what one participant reads of its pay', () => {
  const result = (address: string, nonce = 0n) =>
    askQuery(application, [q.GetResultRequestSchema, q.GetResultResponseSchema], { ...on, nonce, address })
  const actor = (address: string) =>
    askQuery(application, [q.GetActorRequestSchema, q.GetActorResponseSchema], { ...on, address })

  it('GetResult has what the epoch was paid by, and the epochs that count for a skill', () => {
    const paid = getRecord(stores, 1n, newest)?.contribution?.inferers ?? []
    const mine = paid.find(({ address }) => address === addressOf(0))
    expect(result(addressOf(0))).toMatchObject({
      skill: mine?.skill,
      weightInPay: mine?.weight,
      share: mine?.share,
      present: COUNTED,
    })
    const silent = result(addressOf(3))
    expect([silent.skill, silent.weightInPay, silent.share]).toEqual([undefined, undefined, undefined])
    expect(silent.present).toBe(EPOCHS - ABSENT - 1)
    const stranger = result(topic.creator.address)
    expect([stranger.share, stranger.present]).toEqual([undefined, undefined])
  })

  it('GetActor has the same record as GetContributors', () => {
    const { contributors } = contributorsOf(topic)
    for (const { address } of topic.workers) {
      expect(actor(address).inferer).toEqual(contributors.find((one) => one.address === address))
      expect(actor(address).forecaster).toBeUndefined()
    }
    expect(actor(topic.creator.address).inferer).toBeUndefined()
  })
})

describe('topics of the reference rules', () => {
  const reference = openTestTopic({ policy: referenceRules })
  settle(reference, [20, 21], (truth) => [String(truth), '20', '22'])

  it('have nothing to tell, and no error', () => {
    expect(getEpochCounts(reference.chain.stores, 1n).settled).toBe(2n)
    const { epochs, levels, bins, edge, baseline } = calibrationOf(reference)
    expect([epochs, levels, bins, edge, baseline]).toEqual([0n, [], [], undefined, undefined])
    expect(contributorsOf(reference).contributors).toEqual([])
    const [worker] = reference.workers
    const fields = { ...on, address: worker?.address ?? '' }
    const told = askQuery(reference.chain.application, [q.GetResultRequestSchema, q.GetResultResponseSchema], fields)
    expect([told.status, told.skill, told.share, told.present]).toEqual(['settled', undefined, undefined, undefined])
  })

  it('an unknown topic is refused', () => {
    const unknown = { topicId: 9n }
    const { GetCalibrationRequestSchema, GetCalibrationResponseSchema } = q
    const { GetContributorsRequestSchema, GetContributorsResponseSchema } = q
    expect(() => askQuery(application, [GetCalibrationRequestSchema, GetCalibrationResponseSchema], unknown)).toThrow(
      'NotFound',
    )
    expect(() => askQuery(application, [GetContributorsRequestSchema, GetContributorsResponseSchema], unknown)).toThrow(
      'NotFound',
    )
  })
})
