import { describe, expect, it, vi } from 'vitest'
import { createFakeChain, type FakeChain } from '../shared/testing/fakeChain.ts'
import { createManualTimers } from '../shared/testing/manualTimers.ts'
import { createMemoryLog, type MemoryLog } from '../shared/testing/memoryLog.ts'
import { mineBlocks } from '../shared/testing/mineBlocks.ts'
import type { FakeTopic } from '../shared/testing/topicViewOf.ts'
import { type Reputer, type ReputerOptions, startReputer } from './startReputer.ts'

type Set = { readonly chain: FakeChain; readonly log: MemoryLog; start(options: Partial<ReputerOptions>): Reputer }

function setUp(topic: Partial<FakeTopic> = {}): Set {
  const chain = createFakeChain(topic)
  const log = createMemoryLog()
  chain.state.balances.set('r1', 1_000_000n)
  const truth: ReputerOptions['truth'] = () => ({ value: 3, source: 'test', observedAt: 'then' })
  const sender = chain.sender('r1')
  return {
    chain,
    log,
    start: (options) =>
      startReputer({ client: chain.client, sender, topicId: 1n, log, timers: createManualTimers(), truth, ...options }),
  }
}

function reports({ landed }: FakeChain): unknown[] {
  return landed.flatMap(({ height, messages }) =>
    messages.flatMap(({ typeUrl, value }) =>
      typeUrl === '/starling.v1.SubmitTruthRequest' ? [{ height, ...value }] : [],
    ),
  )
}

const report = { sender: 'r1', topicId: 1n, source: 'test', observedAt: 'then' }

describe('a reputer', () => {
  it('SPEC VT-2 registers, tops up its stake once, and reports each truth in the first block of its window', async () => {
    const { chain, start } = setUp()
    chain.state.stakes.set('r1', 400n)
    const reputer = start({ stake: 1_000n })
    await mineBlocks(chain, 14, [reputer])
    expect(reports(chain)).toEqual([
      { ...report, height: 9n, nonce: 4n, value: '3' },
      { ...report, height: 13n, nonce: 8n, value: '3' },
    ])
    const added = chain.landed.flatMap(({ messages }) =>
      messages.flatMap((message) =>
        message.typeUrl === '/emissions.v10.AddStakeRequest' ? [message.value.amount] : [],
      ),
    )
    expect(added).toEqual(['600'])
    expect(chain.state.stakes.get('r1')).toBe(1_000n)
    await reputer.stop()
  })

  it('SPEC VT-3 reports a label where the topic has labels', async () => {
    const { chain, start } = setUp({ loss: 'cross-entropy', labels: ['down', 'up'], domain: ['0', '1'] })
    const reputer = start({ truth: () => ({ label: 'up', source: 'test', observedAt: 'then' }) })
    await mineBlocks(chain, 9, [reputer])
    expect(reports(chain)).toEqual([{ ...report, height: 9n, nonce: 4n, label: 'up' }])
    await reputer.stop()
  })

  it('waits for a truth that is not known yet, and for a source that fails', async () => {
    const { chain, log, start } = setUp()
    const answers = [null, new Error('no connection'), { value: -0.5, source: 'test', observedAt: 'then' }]
    const truth = vi.fn(async ({ nonce }: { nonce: number }) => {
      const answer = nonce === 4 ? answers.shift() : null
      if (answer instanceof Error) throw answer
      return answer ?? null
    })
    const reputer = start({ truth })
    await mineBlocks(chain, 20, [reputer])
    expect(reports(chain)).toEqual([{ ...report, height: 11n, nonce: 4n, value: '-0.5' }])
    expect(log.matching(/epoch 4: the truth cannot be observed yet. no connection/)).toHaveLength(1)
    expect(log.matching(/no truth reported/)).toEqual([])
    await reputer.stop()
  })

  it.each([
    ['no finite number', {}, { value: Number.NaN, source: 's', observedAt: 't' }, /NaN is not a finite number/],
    ['without a source', {}, { value: 1, source: '', observedAt: 't' }, /its source is empty/],
    ['half an event', { loss: 'log-loss', domain: ['0', '1'] }, { value: 0.5, source: 's', observedAt: 't' }, /0 or 1/],
  ] as const)('does not report a truth that is %s, and lives on', async (_, topic, bad, reason) => {
    const { chain, log, start } = setUp(topic)
    const reputer = start({ truth: ({ nonce }) => (nonce === 4 ? bad : { ...bad, value: 1, source: 'test' }) })
    await mineBlocks(chain, 13, [reputer])
    expect(reports(chain)).toMatchObject([{ nonce: 8n }])
    expect(log.matching(reason)).toHaveLength(1)
    await reputer.stop()
  })

  it('finds the epochs that wait for a truth when it starts late', async () => {
    const { chain, start } = setUp()
    chain.state.registered.set('r1', 'reputer')
    await mineBlocks(chain, 10, [])
    const reputer = start({})
    await mineBlocks(chain, 13, [reputer])
    expect(reports(chain)).toMatchObject([
      { nonce: 4n, height: 11n },
      { nonce: 8n, height: 13n },
    ])
    await reputer.stop()
  })

  it('says that it cannot pay its stake, and reports all the same', async () => {
    const { chain, log, start } = setUp()
    const reputer = start({ stake: 5_000_000n })
    await mineBlocks(chain, 9, [reputer])
    expect(log.matching(/stake of 5000000uallo: insufficient funds. r1 has 9999\d\duallo/).length).toBeGreaterThan(0)
    expect(reports(chain)).toHaveLength(1)
    await reputer.stop()
  })
})
