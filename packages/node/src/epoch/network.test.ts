import { describe, expect, it } from 'vitest'
import { type TestActor, testActor } from '../app/testing/testChain.ts'
import { messages, numberPolicy, referenceRules } from '../app/testing/testMessages.ts'
import { openTestNetwork, type TestNetwork, testActors } from '../app/testing/testNetwork.ts'
import { getBalance } from '../modules/bank/view.ts'
import { getEpochCounts, getRecord, listRecordNonces } from '../modules/rewards/view.ts'
import { getAuthority } from '../modules/stake/view.ts'
import { getAnswer } from '../modules/synthesis/view.ts'
import { getFirstNonce, getNextEpoch } from '../modules/topics/view.ts'

const ALLO = 10n ** 18n
const creator = testActor('creator')
const workers = testActors('worker', 3)
const forecasters = testActors('forecaster', 1)
const reputers = testActors('reputer', 3)

/** A topic with its actors, whose first epoch has just opened. */
function openTopic(): TestNetwork {
  const network = openTestNetwork([creator, ...workers, ...forecasters, ...reputers])
  const policy = { ...numberPolicy, ...referenceRules }
  network.mustBlock([creator, messages.createTopic(creator, { policy: policy as never })])
  network.mustBlock(
    ...[...workers, ...forecasters].map((actor) => [actor, messages.register(actor, 1n)] as const),
    ...reputers.map((actor) => [actor, messages.register(actor, 1n, true)] as const),
  )
  network.mustBlock(...reputers.map((actor) => [actor, messages.addStake(actor, 1n, 1000n * ALLO)] as const))
  network.mustBlock([creator, messages.fund(creator, 1n, ALLO)])
  network.mineTo(getNextEpoch(network.chain.stores, 1n))
  return network
}

/** One epoch's blocks: workers, then the truth of the epoch before. */
function runEpoch(
  network: TestNetwork,
  predictions: readonly string[],
  truthOf: (nonce: bigint) => string,
  reporting: readonly TestActor[] = reputers,
): void {
  const nonce = network.height()
  const previous = nonce - 5n
  const elements = workers.map(({ address }, i) => ({ inferer: address, value: String(i - 1) }))
  network.mustBlock(
    ...workers.flatMap((worker, i) => {
      const prediction = predictions[i]
      return prediction === undefined ? [] : [[worker, messages.infer(worker, 1n, nonce, prediction)] as const]
    }),
    ...forecasters.map((actor) => [actor, messages.forecast(actor, 1n, nonce, elements)] as const),
  )
  if (previous >= getFirstNonce(network.chain.stores, 1n)) {
    network.mustBlock(
      ...reporting.map((actor) => [actor, messages.truth(actor, 1n, previous, truthOf(previous))] as const),
    )
  }
  network.mineTo(nonce + 5n)
}

describe('a network of three workers, a forecaster and three reputers', () => {
  const network = openTopic()
  const { stores } = network.chain
  const before = getBalance(stores, workers[0]?.address ?? '')
  for (let epoch = 0; epoch < 8; epoch++) runEpoch(network, ['20', '21', '30'], () => '20.1')
  const nonces = listRecordNonces(stores, 1n, { after: 0n, limit: 100 })

  it('answers, settles and records every epoch', () => {
    expect(getEpochCounts(stores, 1n)).toMatchObject({ settled: 7n, void: 0n, contested: 0n })
    expect(nonces).toHaveLength(7)
    for (const nonce of nonces) {
      const record = getRecord(stores, 1n, nonce)
      expect(record).toMatchObject({ status: 'settled', truth: 20.1, settledHeight: nonce + 10n })
      expect(record?.network?.inferers).toHaveLength(3)
      expect(getAnswer(stores, 1n, nonce)).toMatchObject({ height: nonce + 3n })
    }
  })

  it('uses forecasts once a loss is known', () => {
    const implied = nonces.map((nonce) => getRecord(stores, 1n, nonce)?.network?.forecasters.length)
    expect(implied).toEqual([0, 0, 1, 1, 1, 1, 1])
  })

  it('learns who is right', () => {
    const [first, last] = [nonces[0], nonces.at(-1)].map((nonce) => getAnswer(stores, 1n, nonce ?? 0n)?.values[0] ?? 0)
    expect(first).toBeGreaterThan(22)
    expect(last).toBeLessThan(21)
  })

  it('pays by what each added', () => {
    const paid = workers.map(({ address }) =>
      nonces.reduce((sum, nonce) => {
        const mine = getRecord(stores, 1n, nonce)?.payouts.filter((payout) => payout.address === address) ?? []
        return sum + mine.reduce((total, { amount }) => total + BigInt(amount), 0n)
      }, 0n),
    )
    expect(paid[0]).toBeGreaterThan(0n)
    expect(paid[0]).toBeGreaterThan(paid[2] ?? 0n)
    expect(getBalance(stores, workers[0]?.address ?? '')).toBeGreaterThan(before)
    expect(getAuthority(stores, 1n, reputers[0]?.address ?? '')).toBeGreaterThan(1000n * ALLO)
  })

  it('chains the records by their hashes', () => {
    const records = nonces.map((nonce) => getRecord(stores, 1n, nonce))
    expect(records[0]?.previous).toHaveLength(0)
    expect(records[0]?.fullState.length).toBeGreaterThan(0)
    for (const [i, record] of records.entries()) {
      if (i === 0) continue
      expect(record?.previous).toHaveLength(32)
      expect(record?.stateBefore).toEqual(records[i - 1]?.stateAfter)
    }
  })
})
