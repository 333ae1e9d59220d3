import { create } from '@bufbuild/protobuf'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { describe, expect, it } from 'vitest'
import { createFakeChain } from '../shared/testing/fakeChain.ts'
import { createManualTimers } from '../shared/testing/manualTimers.ts'
import { createMemoryLog } from '../shared/testing/memoryLog.ts'
import { mineBlocks } from '../shared/testing/mineBlocks.ts'
import { startConsumer } from './startConsumer.ts'

/** A consumer on a fake chain whose epochs were worth `worth` uallo. */
function start(worth: bigint, epoch: () => Promise<never> | Promise<ReturnType<typeof record>> = async () => record()) {
  const chain = createFakeChain()
  chain.state.balances.set('consumer', 10n ** 9n)
  const log = createMemoryLog()
  const consumer = startConsumer({
    client: { ...chain.client, epochUnverified: epoch },
    sender: chain.sender('consumer'),
    topicId: 1n,
    log,
    timers: createManualTimers(),
    worthOf: ({ status }) => (status === 'settled' ? worth : 0n),
  })
  return { chain, log, consumer }
}

function record() {
  return create(EpochRecordSchema, { status: 'settled' })
}

describe('a consumer', () => {
  it('funds the topic once after each closed epoch with what it was worth', async () => {
    const { chain, consumer } = start(7n)
    await mineBlocks(chain, 20, [consumer])
    const funded = chain.landed.filter(({ sender }) => sender === 'consumer')
    expect(funded.length).toBeGreaterThan(1)
    for (const { messages } of funded) {
      expect(messages).toEqual([
        { typeUrl: '/emissions.v10.FundTopicRequest', value: { sender: 'consumer', topicId: 1n, amount: '7' } },
      ])
    }
    await consumer.stop()
  })

  it('pays nothing for what was worth nothing', async () => {
    const { chain, consumer } = start(0n)
    await mineBlocks(chain, 20, [consumer])
    expect(chain.landed).toEqual([])
    await consumer.stop()
  })

  it('says why it could not pay, and lives on', async () => {
    const { chain, log, consumer } = start(7n, async () => {
      throw new Error('no record')
    })
    await mineBlocks(chain, 20, [consumer])
    expect(chain.landed).toEqual([])
    expect(log.matching(/topic 1 could not be funded\. no record/).length).toBeGreaterThan(0)
    await consumer.stop()
  })
})
