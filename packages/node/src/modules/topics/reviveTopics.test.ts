import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { describe, expect, it } from 'vitest'
import { ALLO, attest, openTestTopic, predict, type TestTopic } from '../../app/testing/openTestTopic.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { messages } from '../../app/testing/testMessages.ts'
import { openTestNetwork } from '../../app/testing/testNetwork.ts'
import { currentWeight, steadyWeight } from './currentWeight.ts'
import { getNextEpoch, getPreviousWeight, getWeightSum, listBucket, requireTopic } from './view.ts'

const creator = testActor('creator')
const other = testActor('other')
const admin = testActor('admin')

const setLeast = (least: number) => messages.updateParams(admin, { minTopicWeight: [formatDecimal(least)] })
const weightOf = ({ chain: { stores } }: TestTopic) => currentWeight(stores, requireTopic(stores, 1n))
const isActive = ({ chain: { stores } }: TestTopic) => getNextEpoch(stores, 1n) > 0n

const steadyOf = ({ chain: { stores } }: TestTopic) => steadyWeight(stores, requireTopic(stores, 1n))

/** Stakes so much more that the steady weight is far above the present one. */
function stakeMore(topic: TestTopic): void {
  topic.mustBlock(...topic.reputers.map((actor) => [actor, messages.addStake(actor, 1n, 15_000n * ALLO)] as const))
  expect(steadyOf(topic)).toBeGreaterThan(weightOf(topic) * 1.5)
}

/** A topic that has answered its first epoch, and then was found too light at its churn. */
function openResting(blocksPerMonth: string): TestTopic {
  const topic = openTestTopic({ admins: [admin], others: [admin], params: { blocksPerMonth } })
  predict(topic, topic.first, ['20', '21', '22'])
  topic.mustBlock([admin, setLeast(1e60)])
  topic.mineTo(topic.first + 5n)
  expect(isActive(topic)).toBe(false)
  return topic
}

describe('AUD-M23 a topic at rest whose weight reaches the least', () => {
  it('by the reward of its last epoch alone is active in the next block', () => {
    const topic = openResting('4345')
    const least = weightOf(topic) * (1 + 1e-9)
    topic.mustBlock([admin, setLeast(least)])
    attest(topic, topic.first, ['20', '20', '20'])
    expect(weightOf(topic)).toBeGreaterThan(least)
    expect(getNextEpoch(topic.chain.stores, 1n)).toBe(topic.first + 10n + 5n)
    expect(getWeightSum(topic.chain.stores)).toBeCloseTo(getPreviousWeight(topic.chain.stores, 1n) ?? 0, 3)
  })

  it('as time smooths it towards a steady one is active after some epoch lengths, one step each', () => {
    const topic = openResting('43')
    const { stores } = topic.chain
    stakeMore(topic)
    topic.mustBlock([admin, setLeast(weightOf(topic) * 0.2 + steadyOf(topic) * 0.8)])
    expect(isActive(topic)).toBe(false)
    const steps = new Set<number>()
    const begin = topic.height()
    while (!isActive(topic) && topic.height() < begin + 100n) {
      topic.mustBlock()
      steps.add(getPreviousWeight(stores, 1n) ?? 0)
    }
    expect(isActive(topic)).toBe(true)
    expect(steps.size).toBeGreaterThan(2)
    expect(BigInt(steps.size)).toBeLessThanOrEqual((topic.height() - begin) / 5n + 2n)
  })

  it('as the least is lowered is active at once, and one whose weight never gets there is not, nor changes', () => {
    const topic = openResting('43')
    const { stores } = topic.chain
    stakeMore(topic)
    topic.mustBlock([admin, setLeast(steadyOf(topic) * 1.001)])
    const stored = getPreviousWeight(stores, 1n)
    topic.mineTo(topic.height() + 100n)
    expect(isActive(topic)).toBe(false)
    expect(getPreviousWeight(stores, 1n)).toBe(stored)
    topic.mustBlock([admin, setLeast(weightOf(topic))])
    expect(isActive(topic)).toBe(true)
  })

  it('of nothing stays at rest even where the least is 0', () => {
    const network = openTestNetwork([creator], { params: { minTopicWeight: '0' } })
    network.mustBlock([creator, messages.createTopic(creator)])
    network.mineTo(network.height() + 20n)
    expect(getNextEpoch(network.chain.stores, 1n)).toBe(0n)
  })

  it('whose place another topic has taken gets the next free one, and sends nobody away', () => {
    const network = openTestNetwork([creator, other], { params: { maxActiveTopicsPerBlock: '1' } })
    const { stores } = network.chain
    const nextOf = (id: bigint) => getNextEpoch(stores, id)
    for (const id of [1n, 2n]) {
      network.mustBlock(
        [creator, messages.createTopic(creator), messages.fund(creator, id, ALLO)],
        [other, messages.register(other, id, true)],
      )
    }
    network.mustBlock([other, messages.addStake(other, 1n, 1000n), messages.addStake(other, 2n, 2000n)])
    const height = network.height()
    expect([nextOf(1n), nextOf(2n)]).toEqual([0n, height + 5n])
    network.mustBlock()
    expect([nextOf(1n), nextOf(2n)]).toEqual([height + 6n, height + 5n])
    network.mineTo(height + 50n)
    expect([nextOf(1n), nextOf(2n)]).toEqual([height + 51n, height + 55n])
  })

  it('is found among many, eight in a block, all of them in turn', () => {
    const count = 21n
    const network = openTestNetwork([creator, other, admin], { admins: [admin], params: { minTopicWeight: '1e60' } })
    const { stores } = network.chain
    for (let id = 1n; id <= count; id++) {
      network.mustBlock(
        [creator, messages.createTopic(creator), messages.fund(creator, id, ALLO)],
        [other, messages.register(other, id, true), messages.addStake(other, id, 1000n)],
      )
    }
    const active = () => Array.from({ length: Number(count) }, (_, i) => getNextEpoch(stores, BigInt(i) + 1n) > 0n)
    network.mustBlock([admin, setLeast(1)])
    expect(active().filter(Boolean).length).toBeLessThanOrEqual(8)
    const height = network.height()
    network.mineTo(height + 2n)
    expect(active()).not.toContain(false)
    const places = [height + 5n, height + 6n, height + 7n].map((at) => listBucket(stores, at).length)
    expect(places.toSorted()).toEqual([5, 8, 8])
  })
})
