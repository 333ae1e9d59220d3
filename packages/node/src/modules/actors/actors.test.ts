import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { describe, expect, it } from 'vitest'
import { attest, openTestTopic, predict, send, type TestTopic } from '../../app/testing/openTestTopic.ts'
import { type TestActor, testActor } from '../../app/testing/testChain.ts'
import { messages, referenceRules } from '../../app/testing/testMessages.ts'
import { getBalance } from '../bank/view.ts'
import { getRecord } from '../rewards/view.ts'
import { getStateBytes } from '../synthesis/view.ts'
import { getRevenue } from '../topics/view.ts'
import { countMembers, getNode, isRegistered } from './view.ts'

const stranger = testActor('stranger')
const heir = testActor('heir')

const register = (actor: TestActor, owner: string, isReputer = false) => ({
  typeUrl: '/emissions.v10.RegisterRequest' as const,
  value: { sender: actor.address, topicId: 1n, owner, isReputer },
})

function firstWorker(topic: TestTopic): TestActor {
  const [worker] = topic.workers
  if (worker === undefined) throw new Error('no worker')
  return worker
}

describe('a registration', () => {
  it('costs its fee, which is the topic’s revenue, and is refused twice', () => {
    const topic = openTestTopic({ others: [stranger] })
    const { stores } = topic.chain
    const [balance, revenue] = [getBalance(stores, stranger.address), getRevenue(stores, 1n)]
    expect(send(topic, stranger, messages.register(stranger, 1n)).code).toBe(0)
    expect(getBalance(stores, stranger.address)).toBe(balance - 10_000_000n - 200n)
    expect(getRevenue(stores, 1n)).toBe(revenue + 200n)
    expect(countMembers(stores, 'worker', 1n)).toBe(4n)
    expect(send(topic, stranger, messages.register(stranger, 1n))).toMatchObject({ codespace: 'emissions', code: 8 })
    expect(send(topic, stranger, messages.register(stranger, 1n, true)).code).toBe(0)
    expect(send(topic, stranger, messages.register(stranger, 7n)).code).toBe(23)
    expect(send(topic, stranger, messages.unregister(stranger, 1n)).code).toBe(0)
    expect(send(topic, stranger, messages.unregister(stranger, 1n)).code).toBe(10)
    expect(countMembers(stores, 'worker', 1n)).toBe(3n)
  })

  it.each(['allorastaking', 'allorarewards', 'allorapendingrewards', 'fee_collector', 'mint'] as const)(
    'whose owner is %s is refused: a reward sent there would break the books',
    (account) => {
      const topic = openTestTopic({ others: [stranger] })
      const worker = firstWorker(topic)
      const owner = moduleAddresses[account]
      expect(send(topic, stranger, register(stranger, owner))).toMatchObject({ codespace: 'bank', code: 8 })
      expect(isRegistered(topic.chain.stores, 'worker', 1n, stranger.address)).toBe(false)
      expect(send(topic, worker, messages.transferOwner(worker, owner))).toMatchObject({ codespace: 'bank', code: 8 })
      expect(getNode(topic.chain.stores, 'worker', worker.address)?.owner).toBe(worker.address)
    },
  )
})

describe('an owner', () => {
  it('who was changed before the payment is the one who is paid', () => {
    const topic = openTestTopic({ others: [heir], policy: referenceRules })
    const { stores } = topic.chain
    const worker = firstWorker(topic)
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 5n)
    topic.mustBlock([worker, messages.transferOwner(worker, heir.address)])
    const before = [worker, heir].map(({ address }) => getBalance(stores, address))
    attest(topic, topic.first, ['20', '20', '20'])
    const paid = getRecord(stores, 1n, topic.first)?.payouts.find(({ address }) => address === worker.address)
    expect(BigInt(paid?.amount ?? 0)).toBeGreaterThan(0n)
    expect([worker, heir].map(({ address }, i) => getBalance(stores, address) - (before[i] ?? 0n))).toEqual([
      0n,
      BigInt(paid?.amount ?? 0),
    ])
  })

  it('AUD-H13 is changed by the node’s own key alone, in its own role', () => {
    const topic = openTestTopic({ others: [heir, stranger] })
    const worker = firstWorker(topic)
    expect(send(topic, stranger, messages.transferOwner(stranger, heir.address)).code).toBe(13)
    expect(send(topic, worker, messages.transferOwner(worker, heir.address, true)).code).toBe(13)
    expect(send(topic, worker, messages.transferOwner(worker, '')).code).toBe(24)
    expect(send(topic, worker, messages.transferOwner(worker, 'allo1nobody')).code).toBe(7)
  })
})

describe('FL-15 who leaves between submission and settlement', () => {
  it('is paid all the same; who comes into the topic meanwhile begins as a newcomer, and who returns has its history', () => {
    const topic = openTestTopic({ others: [stranger], policy: referenceRules })
    const { stores } = topic.chain
    const worker = firstWorker(topic)
    for (let i = 0n; i < 4n; i++) {
      const nonce = topic.first + 10n * i
      topic.mineTo(nonce)
      predict(topic, nonce, ['20', '25', '30'])
      attest(topic, nonce, ['20', '20', '20'])
    }
    const nonce = topic.first + 40n
    predict(topic, nonce, ['20', '25', '30'])
    topic.mustBlock([worker, messages.unregister(worker, 1n)], [stranger, messages.register(stranger, 1n)])
    const late = send(topic, worker, messages.infer(worker, 1n, nonce, '20'))
    expect(late.code).toBe(13)
    topic.mineTo(nonce + 5n)
    topic.mustBlock([stranger, messages.infer(stranger, 1n, nonce + 5n, '20')])
    const before = getBalance(stores, worker.address)
    attest(topic, nonce, ['20', '20', '20'])
    const settled = getRecord(stores, 1n, nonce)
    const paid = BigInt(settled?.payouts.find(({ address }) => address === worker.address)?.amount ?? 0)
    expect(paid).toBeGreaterThan(0n)
    expect(getBalance(stores, worker.address)).toBe(before + paid)
    expect(settled?.regrets.some(({ address }) => address === stranger.address)).toBe(false)

    topic.mustBlock([worker, messages.register(worker, 1n), messages.infer(worker, 1n, nonce + 10n, '20')])
    attest(topic, nonce + 10n, ['20', '20', '20'])
    const regretOf = (at: bigint) =>
      getRecord(stores, 1n, at)?.regrets.find(({ address }) => address === worker.address)?.value ?? 0
    // An EMA moves a tenth of the way: a worker who had begun anew would stand elsewhere.
    expect(Math.abs(regretOf(nonce + 10n) - regretOf(nonce))).toBeLessThan(Math.abs(regretOf(nonce)))
    expect(getStateBytes(stores, 1n)?.length).toBeGreaterThan(0)
  })

  it('counts as a reputer with the stake that is still there', () => {
    const topic = openTestTopic()
    const [reputer] = topic.reputers
    if (reputer === undefined) throw new Error('no reputer')
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 5n)
    topic.mustBlock(...topic.reputers.map((actor) => [actor, messages.truth(actor, 1n, topic.first, '20')] as const))
    topic.mustBlock([reputer, messages.unregister(reputer, 1n, true)])
    topic.mineTo(topic.first + 10n)
    const record = getRecord(topic.chain.stores, 1n, topic.first)
    expect(record).toMatchObject({ status: 'settled' })
    expect(record?.payouts.map(({ address }) => address)).toContain(reputer.address)
  })
})
