import { epochsKeys } from '@starling/protocol/modules/epochs/keys'
import { describe, expect, it } from 'vitest'
import {
  attest,
  openTestTopic,
  predict,
  send,
  type TestTopic,
  type TestTopicSetup,
} from '../../app/testing/openTestTopic.ts'
import { type TestActor, testActor } from '../../app/testing/testChain.ts'
import { messages, referenceRules } from '../../app/testing/testMessages.ts'
import { testActors } from '../../app/testing/testNetwork.ts'
import { updateMerits } from '../../epoch/updateMerits.ts'
import { getBalance } from '../bank/view.ts'
import { getRecord } from '../rewards/view.ts'
import { requireTopic } from '../topics/view.ts'
import { countScores, getInitialMerit, getMerit, getQuantile, getSubmissions, listActive } from './view.ts'

const FEE = 10_000_000n
const stateOf = (topic: TestTopic) => topic.chain.stores
const addressesOf = (actors: readonly TestActor[]) => actors.map(({ address }) => address)
const active = (topic: TestTopic, nonce: bigint) => listActive(stateOf(topic), 'inferer', 1n, nonce)
const meritOf = (topic: TestTopic, actor: TestActor) =>
  Number(getMerit(stateOf(topic), 'inferer', 1n, actor.address)?.score ?? Number.NaN)

/** Two places for three workers a, b, c; a is always right, b a little wrong, c far off; merit as in the reference. */
function openContest(setup: TestTopicSetup = {}): { topic: TestTopic; a: TestActor; b: TestActor; c: TestActor } {
  const params = { maxTopInferersToReward: '2', ...setup.params }
  const topic = openTestTopic({ policy: referenceRules, ...setup, params, workers: 3 })
  const [a, b, c] = topic.workers
  if (a === undefined || b === undefined || c === undefined) throw new Error('three workers')
  return { topic, a, b, c }
}

const infer = (actor: TestActor, nonce: bigint, value: string) =>
  [actor, messages.infer(actor, 1n, nonce, value)] as const

describe('SPEC lifecycle 1.8 the places of an epoch', () => {
  it('AUD-H10 are 32, 6 and 6, taken by who comes first while nobody is known; who is late pays for the try', () => {
    const forecasters = testActors('forecaster', 8)
    const topic = openTestTopic({ workers: 34, reputers: 8, others: forecasters })
    const { first, workers, reputers } = topic
    topic.mustBlock(...forecasters.map((actor) => [actor, messages.register(actor, 1n)] as const))
    const order = workers.toReversed()
    const last = order.at(-1)
    if (last === undefined) throw new Error('no worker')
    const before = getBalance(stateOf(topic), last.address)
    const about = [{ inferer: workers[3]?.address ?? '', value: '-1' }]
    topic.mustBlock(
      ...order.map((actor) => infer(actor, first, '20')),
      ...forecasters.map((actor) => [actor, messages.forecast(actor, 1n, first, about)] as const),
    )
    expect(active(topic, first)).toEqual(addressesOf(workers.slice(2)))
    expect(listActive(stateOf(topic), 'forecaster', 1n, first)).toEqual(addressesOf(forecasters.slice(0, 6)))
    expect(getBalance(stateOf(topic), last.address)).toBe(before - FEE - 10n)
    topic.mineTo(first + 5n)
    topic.mustBlock(...reputers.map((actor) => [actor, messages.truth(actor, 1n, first, '20')] as const))
    expect(listActive(stateOf(topic), 'reputer', 1n, first)).toEqual(addressesOf(reputers.slice(0, 6)))
    topic.mineTo(first + 10n)
    const record = getRecord(stateOf(topic), 1n, first)
    expect(record).toMatchObject({ status: 'settled' })
    expect(record?.inferences).toHaveLength(32)
    expect(record?.reports).toHaveLength(6)
  })

  it('go to more merit, the least of all leaves, and may not come back in that window', () => {
    const { topic, a, b, c } = openContest({
      params: { maxTopInferersToReward: '3' },
      admins: testActors('admin', 1),
      others: testActors('admin', 1),
    })
    const [admin] = testActors('admin', 1)
    if (admin === undefined) throw new Error('no admin')
    const { first } = topic
    predict(topic, first, ['20', '22', '60'])
    attest(topic, first, ['20', '20', '20'])
    const merits = [a, b, c].map((actor) => meritOf(topic, actor))
    expect(merits.toSorted((x, y) => y - x)).toEqual(merits)
    topic.mustBlock([admin, messages.updateParams(admin, { maxTopInferersToReward: [2n] })])
    const nonce = first + 10n
    topic.mustBlock(infer(c, nonce, '60'), infer(b, nonce, '22'), infer(a, nonce, '20'))
    expect(active(topic, nonce)).toEqual(addressesOf([a, b]))
    // It had missed one epoch; then it moved toward the quantile of the last scores, so that it can come back one day.
    const initial = getInitialMerit(stateOf(topic), 'inferer', 1n)
    const missed = initial + ((merits[2] ?? 0) - initial) * 0.9
    expect(meritOf(topic, c)).toBeCloseTo(0.1 * getQuantile(stateOf(topic), 'inferer', 1n) + 0.9 * missed, 12)
    expect(meritOf(topic, c)).toBeGreaterThan(missed)
    const refused = send(topic, c, messages.infer(c, 1n, nonce, '20'))
    expect(refused).toMatchObject({ codespace: 'emissions', code: 78 })
    expect(refused.log).toContain('already submitted')
    attest(topic, nonce, ['20', '20', '20'])
    expect(getRecord(stateOf(topic), 1n, nonce)?.inferences.map(({ worker }) => worker)).toEqual(addressesOf([a, b]))
  })

  it('are not given to somebody with equal merit; of equal members the one with the highest address leaves', () => {
    const { topic, a, b, c } = openContest()
    const { first } = topic
    predict(topic, first, ['20', '20'])
    attest(topic, first, ['20', '20', '20'])
    // Two alike have a score of 0 each: known ones and newcomers have equal merit now.
    expect([meritOf(topic, a), meritOf(topic, b), getInitialMerit(stateOf(topic), 'inferer', 1n)]).toEqual([0, 0, 0])
    const nonce = first + 10n
    topic.mustBlock(infer(a, nonce, '20'), infer(b, nonce, '20'), infer(c, nonce, '20'))
    expect(active(topic, nonce)).toEqual(addressesOf([a, b]))
    // A newcomer's first try counts as its try for this epoch too. SPEC math 10.2
    expect(getMerit(stateOf(topic), 'inferer', 1n, c.address)).toMatchObject({ blockHeight: nonce, score: '0' })
    expect(send(topic, c, messages.infer(c, 1n, nonce, '20')).code).toBe(78)
    expect(send(topic, a, messages.infer(a, 1n, nonce, '20')).code).toBe(78)
  })

  it('pull an absent worker toward the newcomers, once for each epoch missed', () => {
    const { topic, a, b, c } = openContest({ params: { maxTopInferersToReward: '3' } })
    const { first } = topic
    predict(topic, first, ['20', '22', '60'])
    attest(topic, first, ['20', '20', '20'])
    const before = meritOf(topic, c)
    for (let nonce = first + 10n; nonce < first + 50n; nonce += 10n) {
      topic.mineTo(nonce)
      topic.mustBlock(infer(a, nonce, '20'), infer(b, nonce, '22'))
      attest(topic, nonce, ['20', '20', '20'])
    }
    const initial = getInitialMerit(stateOf(topic), 'inferer', 1n)
    topic.mustBlock(infer(c, topic.height(), '60'))
    // Epochs are 5 blocks apart; the record is of `first`, the newest epoch opened at first + 50, its own start at − 5.
    const missed = (50 - 5 - 1) / 5
    const expected = initial + (before - initial) * 0.9 ** Math.trunc(missed + 1)
    expect(meritOf(topic, c)).toBeCloseTo(expected, 10)
  })
})

describe('SPEC VT-3 the six places of reputers', () => {
  it('go to those with the most stake that counts: a crowd with next to nothing cannot be the truth', () => {
    const crowd = testActors('dust', 6)
    const topic = openTestTopic({ reputers: 3, others: crowd })
    topic.mustBlock(
      ...crowd.map(
        (actor) => [actor, messages.register(actor, 1n, true), messages.addStake(actor, 1n, 10_000n)] as const,
      ),
    )
    const nonce = topic.first + 5n
    topic.mineTo(nonce)
    predict(topic, nonce, ['20', '21', '22'])
    topic.mineTo(nonce + 5n)
    const report = (value: string) => (actor: TestActor) => [actor, messages.truth(actor, 1n, nonce, value)] as const
    topic.mustBlock(...crowd.map(report('-900')))
    expect(listActive(stateOf(topic), 'reputer', 1n, nonce)).toEqual(addressesOf(crowd))
    topic.mustBlock(...topic.reputers.map(report('20')))
    const [, , , fourth] = crowd
    if (fourth === undefined) throw new Error('six actors')
    expect(listActive(stateOf(topic), 'reputer', 1n, nonce)).toEqual(
      addressesOf([...crowd.slice(0, 3), ...topic.reputers]).toSorted(),
    )
    expect(send(topic, fourth, messages.truth(fourth, 1n, nonce, '-900')).code).toBe(78)
    topic.mineTo(nonce + 10n)
    expect(getRecord(stateOf(topic), 1n, nonce)).toMatchObject({ status: 'settled', truth: 20 })
  })
})

describe('SPEC VT-6 places where contribution is paid', () => {
  it('move with the difference from the baseline, also of who is alone', () => {
    const { topic, a, b } = openContest({ policy: {} })
    const truths = ['20', '26', '20', '26']
    const scores: number[] = []
    for (const [t, truth] of truths.entries()) {
      const nonce = topic.first + BigInt(t) * 10n
      topic.mineTo(nonce)
      topic.mustBlock(infer(a, nonce, truth), ...(t % 2 === 0 ? [infer(b, nonce, '60')] : []))
      attest(topic, nonce, [truth, truth, truth])
      const record = getRecord(stateOf(topic), 1n, nonce)
      const own = record?.scores?.inferers.find(({ address }) => address === a.address)
      scores.push(own?.value ?? Number.NaN)
    }
    // Nothing can be guessed before the first truth; afterwards a is right, and the guess is off.
    expect(scores[0]).toBe(0)
    for (const score of scores.slice(1)) expect(score).toBeGreaterThan(0.1)
    expect(meritOf(topic, a)).toBeGreaterThan(0.1)
    expect(countScores(stateOf(topic), 'inferer', 1n, a.address)).toBe(4)
    expect(countScores(stateOf(topic), 'inferer', 1n, b.address)).toBe(2)
    expect(getInitialMerit(stateOf(topic), 'inferer', 1n)).toBe(getQuantile(stateOf(topic), 'inferer', 1n))
    expect(meritOf(topic, b)).toBeLessThan(0)
  })

  it('begin with the mean of ten scores, and go on with a moving average', () => {
    const { topic, a } = openContest({ policy: {} })
    const state = topic.chain.stores.fork()
    const context = { state, chainId: 'x', height: topic.height(), emit: () => {} }
    const settle = (nonce: bigint, value: number): number => {
      const scores = { inferers: [{ worker: a.address, value }], forecasters: [], reputers: [] }
      updateMerits(context, requireTopic(state, 1n), nonce, scores)
      return Number(getMerit(state, 'inferer', 1n, a.address)?.score)
    }
    expect(settle(1n, 0.4)).toBe(0.4)
    expect(settle(2n, -0.2)).toBeCloseTo(0.1, 12)
    for (let nonce = 3n; nonce <= 10n; nonce++) settle(nonce, 0.1)
    expect(settle(11n, 0.1)).toBeCloseTo(0.1, 12)
    expect(settle(12n, 1)).toBeCloseTo(0.19, 12)
    expect(countScores(state, 'inferer', 1n, a.address)).toBe(10)
    state.discard()
  })

  it('lift nobody who rests below the newcomers', () => {
    const { topic, a, b } = openContest({ policy: {} })
    for (let t = 0n; t < 7n; t++) {
      const nonce = topic.first + t * 10n
      const truth = t % 2n === 0n ? '20' : '26'
      topic.mineTo(nonce)
      topic.mustBlock(infer(a, nonce, truth), ...(t < 3n ? [infer(b, nonce, '60')] : []))
      attest(topic, nonce, [truth, truth, truth])
    }
    const before = meritOf(topic, b)
    expect(before).toBeLessThan(getInitialMerit(stateOf(topic), 'inferer', 1n))
    topic.mustBlock(infer(b, topic.first + 70n, '60'))
    expect(meritOf(topic, b)).toBe(before)
  })
})

describe('a merit next to nothing', () => {
  it('is kept as 0: it could be written but not read again, and its owner’s next epoch would stop the chain', () => {
    const { topic, a, b } = openContest()
    topic.mineTo(topic.first + 3n)
    topic.mustBlock([topic.creator, messages.updateTopic(topic.creator, 1n, { meritSortitionAlpha: '0.999999' })])
    const state = topic.chain.stores.fork()
    const context = { state, chainId: 'x', height: topic.height(), emit: () => {} }
    const settle = (nonce: bigint, value: number): void => {
      // Two workers that say the same have a score of 0 each.
      const inferers = [a, b].map(({ address }) => ({ worker: address, value }))
      updateMerits(context, requireTopic(state, 1n), nonce, { inferers, forecasters: [], reputers: [] })
    }
    settle(1n, -2)
    for (let nonce = 2n; nonce < 60n; nonce++) settle(nonce, 0)
    expect(getMerit(state, 'inferer', 1n, a.address)).toMatchObject({ score: '0', blockHeight: 59n })
    expect(getInitialMerit(state, 'inferer', 1n)).toBe(0)
    settle(60n, 2.5e-308)
    settle(61n, -2.5e-309)
    expect(getQuantile(state, 'inferer', 1n)).toBe(0)
    state.discard()
  })
})

describe('a forecast', () => {
  it('FL-03 keeps what it says of the workers of the topic, and leaves out the others', () => {
    const forecaster = testActor('forecaster')
    const stranger = testActor('stranger')
    const topic = openTestTopic({ others: [forecaster] })
    const [w1, w2] = topic.workers
    if (w1 === undefined || w2 === undefined) throw new Error('two workers')
    topic.mustBlock([forecaster, messages.register(forecaster, 1n)])
    const nonce = topic.first
    const elements = [stranger, w1, w2].map(({ address }) => ({ inferer: address, value: '-1' }))
    topic.mustBlock(infer(w1, nonce, '100'), infer(w2, nonce, '104'), [
      forecaster,
      messages.forecast(forecaster, 1n, nonce, [...elements, { inferer: '../no/address', value: '1' }]),
    ])
    const [stored] = getSubmissions(stateOf(topic), { topicId: 1n, nonce }).forecasts
    expect(stored?.elements.map(({ inferer }) => inferer)).toEqual(addressesOf([w1, w2]))
    attest(topic, nonce, ['101', '101', '101'])
    expect(getRecord(stateOf(topic), 1n, nonce)).toMatchObject({
      status: 'settled',
      network: { naive: [102] },
      losses: { naive: 1 },
    })
  })

  it('about strangers alone is ignored, paid for, and no error', () => {
    const forecaster = testActor('forecaster')
    const topic = openTestTopic({ others: [forecaster] })
    topic.mustBlock([forecaster, messages.register(forecaster, 1n)])
    const about = [{ inferer: testActor('stranger').address, value: '-1' }]
    expect(send(topic, forecaster, messages.forecast(forecaster, 1n, topic.first, about)).code).toBe(0)
    expect(listActive(stateOf(topic), 'forecaster', 1n, topic.first)).toEqual([])
    expect(send(topic, forecaster, messages.forecast(forecaster, 1n, topic.first, [])).code).toBe(77)
  })

  it('AUD-H1 of the same inferer twice counts once, the first, and 12 inferers of the most merit are kept', () => {
    const forecaster = testActor('forecaster')
    const topic = openTestTopic({ workers: 14, others: [forecaster] })
    topic.mustBlock([forecaster, messages.register(forecaster, 1n)])
    const elements = topic.workers.flatMap(({ address }) => [
      { inferer: address, value: '1' },
      { inferer: address, value: '-5' },
    ])
    topic.mustBlock([forecaster, messages.forecast(forecaster, 1n, topic.first, elements)])
    const [stored] = getSubmissions(stateOf(topic), { topicId: 1n, nonce: topic.first }).forecasts
    expect(stored?.elements).toHaveLength(12)
    expect(stored?.elements.every(({ value }) => value === 1)).toBe(true)
    const many = Array.from({ length: 257 }, () => ({ inferer: forecaster.address, value: '1' }))
    expect(send(topic, forecaster, messages.forecast(forecaster, 1n, topic.first + 5n, many)).code).toBe(75)
  })

  it('with more extra data than an inference may carry is refused', () => {
    const { topic, a } = openContest()
    const bundle = (extraData: Uint8Array) => ({
      typeUrl: '/emissions.v10.InsertWorkerPayloadRequest' as const,
      value: {
        sender: a.address,
        workerDataBundle: {
          worker: a.address,
          topicId: 1n,
          nonce: { blockHeight: topic.first },
          inferenceForecastsBundle: {
            forecast: {
              topicId: 1n,
              blockHeight: topic.first,
              forecaster: a.address,
              forecastElements: [{ inferer: a.address, value: '1' }],
              extraData,
            },
          },
        },
      },
    })
    const refused = send(topic, a, bundle(new Uint8Array(1025)))
    expect(refused).toMatchObject({ codespace: 'emissions', code: 71 })
    expect(refused.log).toContain('forecast.extra_data must be at most 1024 bytes')
    expect(send(topic, a, bundle(new Uint8Array(1024))).code).toBe(0)
  })
})

describe('what the epochs store holds after an epoch', () => {
  it('is no submission of it', () => {
    const { topic } = openContest()
    predict(topic, topic.first, ['20', '21'])
    attest(topic, topic.first, ['20', '20', '20'])
    for (const role of ['inferer', 'forecaster', 'reputer'] as const) {
      const keys = [
        ...stateOf(topic)
          .store('epochs')
          .scan(epochsKeys.submissions(role, 1n, topic.first)),
      ]
      expect(keys).toEqual([])
    }
    // Of merits that have moved from a newcomer's 0 by a tenth of the way to the score, 1. SPEC math 9.5
    expect(getQuantile(stateOf(topic), 'reputer', 1n)).toBeCloseTo(0.1, 12)
  })
})
