import { describe, expect, it } from 'vitest'
import { openSettledNetwork } from '../app/testing/openSettledNetwork.ts'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { testActor } from '../app/testing/testChain.ts'
import { messages } from '../app/testing/testMessages.ts'
import { getRecord } from '../modules/rewards/view.ts'
import { listServed, replayTopic } from './testing/replayTopic.ts'

const admin = testActor('admin')

/** Epochs back to back whose truth comes `lag` epochs later; some of them without inferences, some contested. */
function run(topic: TestTopic, epochs: number, lag: number): void {
  for (let i = 0; i < epochs; i++) {
    const nonce = topic.first + 5n * BigInt(i)
    topic.mineTo(nonce)
    const submits = i % 9 === 4 ? [] : topic.workers
    const tells = i < lag || i % 7 === 3 ? [] : topic.reputers
    topic.mustBlock(
      ...submits.map((actor, j) => [actor, messages.infer(actor, 1n, nonce, `${20 + ((i * 7 + j * 3) % 5)}`)] as const),
      ...tells.map((actor) => [actor, messages.truth(actor, 1n, nonce - 5n * BigInt(lag), '21')] as const),
    )
  }
}

describe('SPEC QA-2 the records of a topic', () => {
  it('replay exactly, whatever became of the epochs, with forecasts and several states in flight', () => {
    const { state } = openSettledNetwork()
    const verified = replayTopic(state, 1n)
    expect(verified.flatMap(({ mismatches }) => mismatches)).toEqual([])
    expect(verified.every(({ replayed }) => replayed !== undefined)).toBe(true)
    expect(verified[0]?.compared).toBeGreaterThan(50)
  })

  it('replay from every full state, where answers are older than it, while parameters change', () => {
    const topic = openTestTopic({ groundTruthLag: 20n, others: [admin], admins: [admin] })
    const { stores } = topic.chain
    run(topic, 80, 4)
    topic.mustBlock(
      [admin, messages.updateParams(admin, { betaEntropy: ['0.5'], pRewardInference: ['2'] })],
      [topic.creator, messages.updateTopic(topic.creator, 1n, { alphaRegret: '0.3', cNorm: '1.5' })],
    )
    topic.mineTo(topic.first + 5n * 120n)
    const served = listServed(stores, 1n)
    expect(served.filter(({ record }) => record.fullState.length > 0).length).toBeGreaterThan(1)
    expect(served.filter(({ record }) => record.publishedState.length > 0).length).toBeGreaterThan(1)
    expect(new Set(served.map(({ record }) => record.params?.betaEntropy)).size).toBe(2)
    const verified = replayTopic(stores, 1n)
    expect(verified.flatMap(({ mismatches }) => mismatches)).toEqual([])
    expect(verified.length).toBeGreaterThan(served.length)
    expect(getRecord(stores, 1n, served[70]?.record.nonce ?? 0n)?.previousNonce).toBe(served[69]?.record.nonce)
  })
})
