import { create } from '@bufbuild/protobuf'
import { EpochCountsSchema, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import * as q from '@starling/protocol/gen/starling/v1/query_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../app/testing/askQuery.ts'
import { openSettledNetwork, PACE } from '../app/testing/openSettledNetwork.ts'
import { openTestTopic, predict } from '../app/testing/openTestTopic.ts'
import { messages } from '../app/testing/testMessages.ts'
import { getMerit, getOpenEpoch } from '../modules/epochs/view.ts'
import { getRecord, putRecord, setEpochCounts } from '../modules/rewards/view.ts'
import { getEligible } from '../modules/stake/eligible.ts'
import { getAuthority, getDelegatedUpon } from '../modules/stake/view.ts'
import { getAnswer } from '../modules/synthesis/view.ts'
import { currentWeight } from '../modules/topics/currentWeight.ts'
import { getRevenue, getTopicStake, requireTopic } from '../modules/topics/view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, settled, voided, contested, answered, open } = network
const [first = 0n, newest = 0n] = [settled[0], settled.at(-1)]
const on = { topicId: 1n }
/** Nonces of closed epochs, oldest first. */
const closed = [...settled, voided, contested].toSorted((a, b) => (a < b ? -1 : 1))

const epochs = (page: { after?: bigint; limit?: bigint } = {}): readonly bigint[] =>
  askQuery(application, [q.GetEpochsRequestSchema, q.GetEpochsResponseSchema], { ...on, ...page }).epochs.map(
    ({ nonce }) => nonce,
  )
const epoch = (nonce: bigint) =>
  askQuery(application, [q.GetEpochRequestSchema, q.GetEpochResponseSchema], { ...on, nonce }).epoch
const answer = (nonce: bigint) =>
  askQuery(application, [q.GetAnswerRequestSchema, q.GetAnswerResponseSchema], { ...on, nonce })
const answers = (page: { after?: bigint; limit?: bigint } = {}) =>
  askQuery(application, [q.GetAnswersRequestSchema, q.GetAnswersResponseSchema], { ...on, ...page }).answers
const truths = (page: { after?: bigint; limit?: bigint } = {}) =>
  askQuery(application, [q.GetTruthsRequestSchema, q.GetTruthsResponseSchema], { ...on, ...page }).truths
const losses = (page: { after?: bigint; limit?: bigint } = {}) =>
  askQuery(application, [q.GetLossesRequestSchema, q.GetLossesResponseSchema], { ...on, ...page }).epochs

describe('what programs ask about topics', () => {
  it('GetTopic and GetTopics tell what the chain knows of a topic now', () => {
    const view = askQuery(application, [q.GetTopicRequestSchema, q.GetTopicResponseSchema], on).topic
    const topic = requireTopic(state, 1n)
    expect(view?.topic).toEqual(topic.record)
    expect(view).toMatchObject({
      weight: formatDecimal(currentWeight(state, topic)),
      effectiveRevenue: getRevenue(state, 1n).toString(),
      stake: getTopicStake(state, 1n).toString(),
      active: true,
      firstNonce: first,
      newestNonce: open,
      nextEpoch: open + PACE.epochLength,
      workers: 5n,
      reputers: 3n,
      settledEpochs: BigInt(settled.length),
      voidEpochs: 1n,
      contestedEpochs: 1n,
      lastSettled: newest,
      lastAnswered: answered,
    })
    const { topics } = askQuery(application, [q.GetTopicsRequestSchema, q.GetTopicsResponseSchema])
    expect(topics).toEqual([view])
  })

  it('GetTopics goes page by page', () => {
    const many = openTestTopic()
    many.mustBlock(...['b', 'c'].map((name) => [many.creator, messages.createTopic(many.creator, { name })] as const))
    const ids = (page: { after?: bigint; limit?: bigint }) =>
      askQuery(many.chain.application, [q.GetTopicsRequestSchema, q.GetTopicsResponseSchema], page).topics.map(
        ({ topic }) => topic?.base?.id,
      )
    expect(ids({})).toEqual([1n, 2n, 3n])
    expect(ids({ limit: 2n })).toEqual([1n, 2n])
    expect(ids({ after: 2n, limit: 2n })).toEqual([3n])
    expect(ids({ after: 3n })).toEqual([])
    expect(() => ids({ limit: 1001n })).toThrow('InvalidArgument desc = limit must be at most 1000, got 1001')
  })

  it('GetWindows shows the open epochs, oldest first, and the block they are seen from', () => {
    const windows = askQuery(application, [q.GetWindowsRequestSchema, q.GetWindowsResponseSchema], on)
    expect(windows.height).toBe(open + 1n)
    expect(windows.epochs).toEqual([getOpenEpoch(state, 1n, answered), getOpenEpoch(state, 1n, open)])
    expect(windows.epochs.map((one) => one.answered)).toEqual([true, false])
  })
})

describe('what programs ask about epochs', () => {
  it('GetEpoch gives the record, of the newest settled epoch for 0', () => {
    for (const nonce of closed) expect(epoch(nonce)).toEqual(getRecord(state, 1n, nonce))
    expect(epoch(0n)).toEqual(getRecord(state, 1n, newest))
    expect(() => epoch(answered)).toThrow(
      `NotFound desc = topic 1 has no record of an epoch ${answered}; the epoch is open`,
    )
    expect(() => epoch(first + 1n)).toThrow(`topic 1 has no record of an epoch ${first + 1n}`)
    const fresh = openTestTopic().chain.application
    expect(() => askQuery(fresh, [q.GetEpochRequestSchema, q.GetEpochResponseSchema], on)).toThrow(
      'NotFound desc = topic 1 has no settled epoch yet',
    )
  })

  it('GetEpochs goes page by page, oldest first', () => {
    expect(epochs()).toEqual(closed)
    expect(epochs({ limit: 2n })).toEqual(closed.slice(0, 2))
    expect(epochs({ after: closed[1] ?? 0n, limit: 3n })).toEqual(closed.slice(2, 5))
    expect(epochs({ after: newest })).toEqual([])
    expect(() => epochs({ limit: 65n })).toThrow('InvalidArgument desc = limit must be at most 64, got 65')
  })

  it('GetEpochs ends a page of huge records early, and goes on from there', () => {
    const topic = openTestTopic()
    const weights = Array.from({ length: 40_000 }, () => ({ address: topic.creator.address, value: 0.5 }))
    for (const nonce of [2n, 3n, 4n])
      putRecord(topic.chain.stores, create(EpochRecordSchema, { topicId: 1n, nonce, weights }))
    setEpochCounts(topic.chain.stores, 1n, create(EpochCountsSchema, { kept: 3n }))
    topic.block()
    const page = (after: bigint): readonly bigint[] =>
      askQuery(topic.chain.application, [q.GetEpochsRequestSchema, q.GetEpochsResponseSchema], {
        ...on,
        after,
      }).epochs.map(({ nonce }) => nonce)
    expect([0n, 2n, 3n, 4n].map(page)).toEqual([[2n], [3n], [4n], []])
  })

  it('GetTruths has the newest settled epochs, oldest first', () => {
    const recorded = settled.map((nonce) => [nonce, getRecord(state, 1n, nonce)?.truth, ''])
    const shown = (page?: { after?: bigint; limit?: bigint }) =>
      truths(page).map(({ nonce, value, label }) => [nonce, value, label])
    expect(shown()).toEqual(recorded)
    expect(shown({ after: first })).toEqual(recorded.slice(1))
    // The newest two records, both settled.
    expect(shown({ limit: 2n })).toEqual(recorded.slice(-2))
    expect(shown({ after: newest })).toEqual([])
    expect(() => truths({ limit: 257n })).toThrow('limit must be at most 256, got 257')
  })

  it('GetLosses has the raw losses of settled epochs', () => {
    const recorded = settled.map((nonce) => {
      const { combined, naive, inferers, forecasters } = getRecord(state, 1n, nonce)?.losses ?? {}
      return { nonce, combined, naive, inferers, forecasters }
    })
    expect(losses()).toMatchObject(recorded)
    expect(losses({ limit: 1n })).toMatchObject(recorded.slice(-1))
    expect(losses()[0]?.inferers).toHaveLength(3)
  })

  it('GetAnswer gives the answer of a nonce, of the newest for 0', () => {
    expect(answer(newest)).toMatchObject({ answer: getAnswer(state, 1n, newest), height: open + 1n })
    expect(answer(0n).answer).toEqual(getAnswer(state, 1n, answered))
    expect(() => answer(voided)).toThrow(`NotFound desc = topic 1 has no answer for nonce ${voided}`)
    const fresh = openTestTopic().chain.application
    expect(() => askQuery(fresh, [q.GetAnswerRequestSchema, q.GetAnswerResponseSchema], on)).toThrow(
      'NotFound desc = topic 1 has no answer yet',
    )
  })

  it('GetAnswers has answers above a nonce, oldest first', () => {
    const all = answers()
    expect(all.map(({ nonce }) => nonce)).toEqual(expect.arrayContaining([...settled, answered]))
    expect(all).toEqual(all.toSorted((a, b) => Number(a.nonce - b.nonce)))
    expect(all.find(({ nonce }) => nonce === newest)).toEqual(getAnswer(state, 1n, newest))
    expect(answers({ after: all[0]?.nonce ?? 0n, limit: 2n })).toEqual(all.slice(1, 3))
    expect(answers({ after: answered })).toEqual([])
    expect(() => answers({ limit: 257n })).toThrow('limit must be at most 256, got 257')
  })

  it('FL-37 an answer keeps the height it was published at while its age grows', () => {
    const topic = openTestTopic()
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + PACE.workerSubmissionWindow)
    const ask = () => askQuery(topic.chain.application, [q.GetAnswerRequestSchema, q.GetAnswerResponseSchema], on)
    const before = ask()
    expect(before.answer).toMatchObject({ nonce: topic.first, height: topic.first + PACE.workerSubmissionWindow })
    expect(before.height).toBe(before.answer?.height)
    topic.mineTo(topic.first + 5n * PACE.epochLength)
    const after = ask()
    expect(after.answer).toEqual(before.answer)
    expect(after.height - (after.answer?.height ?? 0n)).toBe(5n * PACE.epochLength - PACE.workerSubmissionWindow)
  })
})

describe('what programs ask about participants', () => {
  const result = (address: string, nonce = 0n) =>
    askQuery(application, [q.GetResultRequestSchema, q.GetResultResponseSchema], { ...on, nonce, address })
  const actor = (address: string) =>
    askQuery(application, [q.GetActorRequestSchema, q.GetActorResponseSchema], { ...on, address })
  const reward = (nonce: bigint, address: string): bigint =>
    (getRecord(state, 1n, nonce)?.payouts ?? [])
      .filter((payout) => payout.address === address)
      .reduce((sum, { amount }) => sum + BigInt(amount), 0n)

  it('GetResult sums up what the record says of one participant', () => {
    const record = getRecord(state, 1n, newest)
    const of = (list: readonly { address: string; value: number }[] | undefined, address: string) =>
      list?.find((entry) => entry.address === address)?.value
    for (const { address } of network.workers) {
      expect(result(address)).toMatchObject({
        nonce: newest,
        status: 'settled',
        tookPart: true,
        networkLoss: record?.losses?.combined,
        naiveLoss: record?.losses?.naive,
        loss: of(record?.losses?.inferers, address),
        score: of(record?.scores?.inferers, address),
        weight: of(record?.weights, address),
        regret: of(record?.regrets, address),
        reward: reward(newest, address).toString(),
      })
    }
    const [reputer] = network.reputers
    expect(result(reputer?.address ?? '')).toMatchObject({
      tookPart: true,
      score: of(record?.scores?.reputers, reputer?.address ?? ''),
      reward: reward(newest, reputer?.address ?? '').toString(),
    })
    expect(result(reputer?.address ?? '').loss).toBeUndefined()
  })

  it('GetResult of a bystander, and of an epoch that is not settled', () => {
    const stranger = network.creator.address
    const nothing = result(stranger)
    expect(nothing).toMatchObject({ tookPart: false, reward: '0' })
    expect([nothing.loss, nothing.score, nothing.weight, nothing.regret]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(result(stranger, voided)).toMatchObject({
      nonce: voided,
      status: 'void',
      reason: 'no inference',
      reward: '0',
    })
    const [worker] = network.workers
    expect(result(worker?.address ?? '', contested)).toMatchObject({
      status: 'contested',
      reason: getRecord(state, 1n, contested)?.reason,
      tookPart: true,
      reward: '0',
    })
  })

  it('GetActor tells registrations, stake and merits', () => {
    for (const { address } of network.reputers) {
      expect(actor(address)).toMatchObject({
        worker: false,
        reputer: true,
        workerOwner: '',
        reputerOwner: address,
        stake: getAuthority(state, 1n, address).toString(),
        delegated: getDelegatedUpon(state, 1n, address).toString(),
        eligible: getEligible(state, 1n, address).toString(),
        reputerScore: readDecimal(getMerit(state, 'reputer', 1n, address)?.score ?? ''),
      })
    }
    const leaving = network.reputers.map(
      ({ address }) => BigInt(actor(address).stake) - BigInt(actor(address).eligible),
    )
    expect(leaving).toEqual([50n * 10n ** 18n, 0n, 100n * 10n ** 18n])
    const [worker] = network.workers
    const merit = getMerit(state, 'inferer', 1n, worker?.address ?? '')
    expect(actor(worker?.address ?? '')).toMatchObject({
      worker: true,
      reputer: false,
      stake: '0',
      infererScore: readDecimal(merit?.score ?? ''),
    })
    expect(actor(worker?.address ?? '').forecasterScore).toBeUndefined()
  })

  it('GetWorkers lists the registered ones page by page, in the order of their addresses', () => {
    const all = [...network.workers, ...network.forecasters].map(({ address }) => address).toSorted()
    const workers = (page: { after?: string; limit?: bigint } = {}) =>
      askQuery(application, [q.GetWorkersRequestSchema, q.GetWorkersResponseSchema], { ...on, ...page }).addresses
    expect(workers()).toEqual(all)
    expect(workers({ limit: 2n })).toEqual(all.slice(0, 2))
    expect(workers({ after: all[1] ?? '', limit: 2n })).toEqual(all.slice(2, 4))
    expect(workers({ after: all[4] ?? '' })).toEqual([])
  })
})
