import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { decOfScaled } from '@starling/protocol/num/legacyDec'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork } from '../../app/testing/openSettledNetwork.ts'
import { openTestTopic } from '../../app/testing/openTestTopic.ts'
import { getBalance } from '../bank/view.ts'
import { setPreviousReputersShare } from '../mint/view.ts'
import { getAnswer } from '../synthesis/view.ts'
import { getRecord } from './view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, settled, voided, contested, answered } = network
const newest = settled.at(-1) ?? 0n
const on = { topicId: 1n }
const workerCommit = 'GetTopicLastWorkerCommitInfo' as const
const reputerCommit = 'GetTopicLastReputerCommitInfo' as const

describe('SPEC wire 1.5 queries about rewards', () => {
  it('last commits are the newest answer and the newest settlement', () => {
    expect(askEmissions(application, workerCommit, on).lastCommit).toMatchObject({
      blockHeight: getAnswer(state, 1n, answered)?.height,
      nonce: { blockHeight: answered },
    })
    expect(askEmissions(application, reputerCommit, on).lastCommit).toMatchObject({
      blockHeight: getRecord(state, 1n, newest)?.settledHeight,
      nonce: { blockHeight: newest },
    })
  })

  it('before the first of them there is none', () => {
    const fresh = openTestTopic().chain.application
    expect(() => askEmissions(fresh, workerCommit, on)).toThrow('NotFound desc = topic 1 has no answer yet')
    expect(() => askEmissions(fresh, reputerCommit, on)).toThrow('NotFound desc = topic 1 has no settled epoch yet')
  })

  it('no nonce waits for its rewards', () => {
    expect(askEmissions(application, 'GetTopicRewardNonce', on).nonce).toBe(0n)
    expect(getRecord(state, 1n, newest)?.payouts.length).toBeGreaterThan(0)
  })

  it('the reward to distribute is what the rewards account holds', () => {
    const { totalReward } = askEmissions(application, 'GetTotalRewardToDistribute')
    expect(totalReward).toBe(getBalance(state, moduleAddresses.allorarewards).toString())
    expect(BigInt(totalReward)).toBeGreaterThan(0n)
  })

  it('the share of staked reputers is the decimal of the month that has ended', () => {
    const topic = openTestTopic()
    const share = (): number =>
      Number(askEmissions(topic.chain.application, 'GetPreviousPercentageRewardToStakedReputers').percentageReward)
    expect(share()).toBe(0)
    setPreviousReputersShare(topic.chain.stores, decOfScaled(125_000_000_000_000_000n))
    topic.block()
    expect(share()).toBe(0.125)
  })
})

describe('SPEC wire 1.5 queries about scores', () => {
  const at = {
    inferers: 'GetWorkerInferenceScoresAtBlock',
    forecasters: 'GetWorkerForecastScoresAtBlock',
    reputers: 'GetReputersScoresAtBlock',
  } as const
  const recorded = (role: keyof typeof at, nonce: bigint) =>
    getRecord(state, 1n, nonce)?.scores?.[role].map(({ address, value }) => [1n, nonce, address, value])
  type Shown = { topicId: bigint; blockHeight: bigint; address: string; score: string }
  const shown = (list: readonly Shown[] | undefined) =>
    list?.map(({ topicId, blockHeight, address, score }) => [topicId, blockHeight, address, Number(score)])

  it('scores at a block are those of the record of the nonce', () => {
    const scores = (blockHeight: bigint) => [
      shown(askEmissions(application, at.inferers, { ...on, blockHeight }).scores?.scores),
      shown(askEmissions(application, at.forecasters, { ...on, blockHeight }).scores?.scores),
      shown(askEmissions(application, at.reputers, { ...on, blockHeight }).scores?.scores),
    ]
    for (const nonce of settled) {
      expect(scores(nonce)).toEqual([
        recorded('inferers', nonce),
        recorded('forecasters', nonce),
        recorded('reputers', nonce),
      ])
    }
    expect(scores(newest).map((list) => list?.length)).toEqual([3, 2, 3])
    for (const nonce of [voided, contested]) expect(scores(nonce)).toEqual([[], [], []])
    expect(() => scores(answered)).toThrow(`no record of an epoch ${answered}; the epoch is open`)
    expect(() => scores(1n)).toThrow('NotFound desc = topic 1 has no record of an epoch 1')
  })

  it('scores until a block begin with the newest epoch up to it', () => {
    const inferers = (blockHeight: bigint) =>
      shown(askEmissions(application, 'GetInferenceScoresUntilBlock', { ...on, blockHeight }).scores)
    const forecasters = (blockHeight: bigint) =>
      shown(askEmissions(application, 'GetForecastScoresUntilBlock', { ...on, blockHeight }).scores)
    const newestFirst = settled.toReversed()
    for (const until of [newest, newest + 4n, 2n ** 63n - 1n]) {
      expect(inferers(until)).toEqual(newestFirst.flatMap((nonce) => recorded('inferers', nonce)))
      expect(forecasters(until)).toEqual(newestFirst.flatMap((nonce) => recorded('forecasters', nonce)))
    }
    const earlier = newestFirst.slice(1)
    expect(inferers(newest - 1n)).toEqual(earlier.flatMap((nonce) => recorded('inferers', nonce)))
    for (const none of [0n, -1n, (settled[0] ?? 0n) - 1n]) expect(inferers(none)).toEqual([])
  })

  it('reach back over as many epochs as rewards do', () => {
    const few = openSettledNetwork({ params: { maxSamplesToScaleScores: '2' } })
    const { scores } = askEmissions(few.chain.application, 'GetInferenceScoresUntilBlock', {
      ...on,
      blockHeight: few.open,
    })
    const nonces = [...new Set(scores.map(({ blockHeight }) => blockHeight))]
    expect(nonces).toEqual(few.settled.toReversed().slice(0, 2))
  })
})
