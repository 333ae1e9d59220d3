import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openSettledNetwork, PACE } from '../../app/testing/openSettledNetwork.ts'
import { openTestChain } from '../../app/testing/testChain.ts'
import { messages } from '../../app/testing/testMessages.ts'
import { currentWeight } from './currentWeight.ts'
import { getNextEpoch, getPreviousWeight, getRevenue, getTopicStake, getWeightSum, requireTopic } from './view.ts'

const ALLO = 10n ** 18n
const network = openSettledNetwork()
const { application } = network.chain
const { state, open, creator } = network
// A second topic that nobody pays for: it stays inactive.
network.mustBlock([creator, messages.createTopic(creator)])

describe('SPEC wire 1.5 queries about topics', () => {
  it('GetTopic gives the topic with its weight, revenue and stake of now', () => {
    const topic = requireTopic(state, 1n)
    const answer = askEmissions(application, 'GetTopic', { topicId: 1n })
    expect(answer.topic).toEqual(topic.base)
    expect(answer.topic).toMatchObject({ id: 1n, epochLastEnded: open, creator: creator.address, ...PACE })
    expect(answer).toMatchObject({
      weight: formatDecimal(currentWeight(state, topic)),
      effectiveRevenue: getRevenue(state, 1n).toString(),
      topicStake: getTopicStake(state, 1n).toString(),
    })
    expect(BigInt(answer.topicStake)).toBeGreaterThan(3500n * ALLO)
  })

  it('GetNextTopicId counts topics, TopicExists and IsTopicActive tell them apart', () => {
    const next = askEmissions(application, 'GetNextTopicId')
    expect(next.nextTopicId).toBe(3n)
    const exists = [1n, 2n, 3n].map((topicId) => askEmissions(application, 'TopicExists', { topicId }).exists)
    expect(exists).toEqual([true, true, false])
    const active = [1n, 2n].map((topicId) => askEmissions(application, 'IsTopicActive', { topicId }).isActive)
    expect(active).toEqual([true, false])
  })

  it('GetPreviousTopicWeight is the weight of the last churn, or says that there was none; the sum is of active ones', () => {
    const weightOf = (topicId: bigint) =>
      askEmissions(application, 'GetPreviousTopicWeight', {
        topicId,
      })
    const weight = getPreviousWeight(state, 1n) ?? 0
    expect(weight).toBeGreaterThan(0)
    expect(weightOf(1n)).toMatchObject({ weight: formatDecimal(weight), notFound: false })
    expect(weightOf(2n)).toMatchObject({ weight: '0', notFound: true })
    const sum = askEmissions(application, 'GetTotalSumPreviousTopicWeights')
    expect(sum.weight).toBe(formatDecimal(getWeightSum(state)))
    expect(Number(sum.weight)).toBeCloseTo(weight, 6)
  })

  it('GetTopicFeeRevenue is the effective revenue', () => {
    expect(askEmissions(application, 'GetTopicFeeRevenue', { topicId: 1n }).feeRevenue).toBe(
      getRevenue(state, 1n).toString(),
    )
  })

  it('GetActiveTopicsAtBlock and GetNextChurningBlockByTopicId name the same block', () => {
    const churning = (topicId: bigint): bigint =>
      askEmissions(application, 'GetNextChurningBlockByTopicId', { topicId }).blockHeight
    expect(churning(1n)).toBe(open + PACE.epochLength)
    expect(churning(1n)).toBe(getNextEpoch(state, 1n))
    expect(churning(2n)).toBe(0n)
    const topicsAt = (blockHeight: bigint): readonly bigint[] =>
      askEmissions(application, 'GetActiveTopicsAtBlock', {
        blockHeight,
      }).topics.map(({ id }) => id)
    expect(topicsAt(churning(1n))).toEqual([1n])
    expect(topicsAt(churning(1n) + 1n)).toEqual([])
    expect(topicsAt(-1n)).toEqual([])
  })

  it('whitelists are off, nobody stands on one or can change one, and everybody may submit', () => {
    const on = { topicId: 1n, address: creator.address }
    const answers = [
      askEmissions(application, 'CanSubmitWorkerPayload', on).canSubmitWorkerPayload,
      askEmissions(application, 'CanSubmitReputerPayload', on).canSubmitReputerPayload,
      askEmissions(application, 'CanUpdateTopicWhitelist', on).canUpdateTopicWhitelist,
      askEmissions(application, 'IsTopicWorkerWhitelistEnabled', { topicId: 1n }).isTopicWorkerWhitelistEnabled,
      askEmissions(application, 'IsTopicReputerWhitelistEnabled', { topicId: 1n }).isTopicReputerWhitelistEnabled,
      askEmissions(application, 'IsWhitelistedTopicWorker', on).isWhitelistedTopicWorker,
      askEmissions(application, 'IsWhitelistedTopicReputer', on).isWhitelistedTopicReputer,
    ]
    expect(answers).toEqual([true, true, false, false, false, false, false])
  })

  it('a chain without topics begins with 1', () => {
    const empty = openTestChain([])
    empty.block()
    const next = askEmissions(empty.application, 'GetNextTopicId')
    expect(next.nextTopicId).toBe(1n)
  })
})
