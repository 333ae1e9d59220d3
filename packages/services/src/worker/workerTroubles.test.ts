import { StarlingError } from '@starling/sdk/starlingError'
import { describe, expect, it, vi } from 'vitest'
import { memoryJournal } from '../shared/journal.ts'
import { FAKE_FEE } from '../shared/testing/fakeState.ts'
import { mineBlocks } from '../shared/testing/mineBlocks.ts'
import { settled } from '../shared/testing/settled.ts'
import { setUpWorker } from './testing/setUpWorker.ts'

describe('a worker and its money', () => {
  it('FL-17 warns, says what it needs, and resumes within one epoch of a top-up', async () => {
    const { chain, log, start, submissions } = setUpWorker()
    // A registration is no submission: it is paid beforehand.
    chain.state.registered.set('w1', 'worker')
    chain.state.balances.set('w1', 3n * FAKE_FEE + 30n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 27, [worker])
    expect(submissions().map(({ nonce }) => nonce)).toEqual([4n, 8n, 12n])
    expect(log.matching(/fees for about 2 more submissions/)).toHaveLength(1)
    expect(log.matching(/fees for about 1 more submission;/)).toHaveLength(1)
    const poor = /insufficient funds. w1 has 30uallo and needs 110uallo; send it at least 80uallo/
    expect(log.matching(poor).map((line) => /epoch (\d+)/.exec(line)?.[1])).toEqual(['16', '20', '24'])
    chain.state.balances.set('w1', 100_000n)
    await mineBlocks(chain, 42, [worker])
    expect(submissions().map(({ nonce }) => nonce)).toEqual([4n, 8n, 12n, 28n, 32n, 36n, 40n])
    await worker.stop()
  })

  it('FL-17 warns again when a top-up runs low too', async () => {
    const { chain, log, start, submissions } = setUpWorker()
    chain.state.registered.set('w1', 'worker')
    chain.state.balances.set('w1', FAKE_FEE + 10n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 10, [worker])
    chain.state.balances.set('w1', 3n * FAKE_FEE + 30n)
    await mineBlocks(chain, 19, [worker])
    expect(submissions().map(({ nonce }) => nonce)).toEqual([4n, 12n, 16n])
    const few = log.matching(/fees for about/).map((line) => /about (\d)/.exec(line)?.[1])
    expect(few).toEqual(['0', '2', '1'])
    await worker.stop()
  })

  it('FL-17 submits in the same window when money comes in time', async () => {
    const { chain, start, submissions } = setUpWorker()
    chain.state.registered.set('w1', 'worker')
    chain.state.balances.set('w1', 0n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 4, [worker])
    chain.state.balances.set('w1', 500n)
    await mineBlocks(chain, 7, [worker])
    expect(submissions()).toEqual([{ nonce: 4n, height: 6n }])
    await worker.stop()
  })

  it('waits for the money to register', async () => {
    const { chain, log, start, submissions } = setUpWorker()
    chain.state.balances.set('w1', 5n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 3, [worker])
    expect(log.matching(/registration as worker: insufficient funds. w1 has 5uallo and needs 310uallo/)).toHaveLength(1)
    chain.state.balances.set('w1', 100_000n)
    await mineBlocks(chain, 6, [worker])
    expect(submissions()).toHaveLength(1)
    await worker.stop()
  })

  it('FL-17 says once more what it needs when what came is too little', async () => {
    const { chain, log, start } = setUpWorker()
    chain.state.balances.set('w1', 5n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 2, [worker])
    chain.state.balances.set('w1', 290n)
    await mineBlocks(chain, 6, [worker])
    expect(log.matching(/w1 has 5uallo and needs 310uallo; send it at least 305uallo/)).toHaveLength(1)
    expect(log.matching(/w1 has 290uallo and needs 310uallo; send it at least 20uallo/)).toHaveLength(1)
    await worker.stop()
  })
})

describe('a worker and its node', () => {
  it('waits for a node that is away, and says so once', async () => {
    const { chain, log, timers, start, submissions } = setUpWorker()
    chain.trouble.away = true
    const worker = start({ predict: () => 1 })
    for (let i = 0; i < 10; i += 1) {
      await settled()
      timers.pass(60_000)
    }
    expect(log.lines).toEqual(['warn Waiting for the node at http://fake: nobody answers'])
    chain.trouble.away = false
    await settled()
    timers.pass(60_000)
    await mineBlocks(chain, 6, [worker])
    expect(log.matching(/answers again/)).toHaveLength(1)
    expect(submissions()).toHaveLength(1)
    await worker.stop()
  })

  it('says once what is wrong with its topic, and tries again', async () => {
    const { chain, log, timers, start } = setUpWorker()
    const topic = vi.fn(() => Promise.reject<never>(new StarlingError('not-found', 'Topic 9 does not exist.')))
    const worker = start({ predict: () => 1, topicId: 9n, client: { ...chain.client, topicUnverified: topic } })
    for (let i = 0; i < 5; i += 1) {
      await settled()
      timers.pass(60_000)
    }
    expect(topic.mock.calls.length).toBeGreaterThan(3)
    expect(log.lines).toEqual(['error Topic 9 does not exist. Trying again until it works.'])
    await worker.stop()
  })

  it('goes on with the same epoch when the node was away for part of the window', async () => {
    const { chain, timers, start, submissions } = setUpWorker()
    const predict = vi.fn(() => 1)
    const worker = start({ predict })
    await mineBlocks(chain, 3, [worker])
    chain.trouble.away = true
    await mineBlocks(chain, 4, [worker])
    chain.trouble.away = false
    timers.pass(60_000)
    await settled()
    await mineBlocks(chain, 6, [worker])
    expect(submissions()).toEqual([{ nonce: 4n, height: 5n }])
    await worker.stop()
  })

  it('FL-31 recovers a window event that the subscription lost, and still submits', async () => {
    const { chain, timers, start, submissions } = setUpWorker()
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 2, [worker])
    chain.trouble.mute = true
    chain.mine()
    chain.mine()
    chain.cut()
    await settled()
    chain.trouble.mute = false
    timers.pass(60_000)
    await settled()
    await mineBlocks(chain, 6, [worker])
    expect(submissions()).toEqual([{ nonce: 4n, height: 5n }])
    await worker.stop()
  })

  it('FL-31 notices a gap in the blocks, and asks what is open', async () => {
    const { chain, start, submissions } = setUpWorker({ workerWindow: 3n })
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 3, [worker])
    chain.trouble.mute = true
    chain.mine()
    chain.trouble.mute = false
    chain.mine()
    await mineBlocks(chain, 6, [worker])
    expect(submissions()).toEqual([{ nonce: 4n, height: 6n }])
    await worker.stop()
  })

  it('FL-31 takes a burst of blocks at once, and a quiet chain for what it is', async () => {
    const { chain, timers, log, start, submissions } = setUpWorker()
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 2, [worker])
    for (let i = 0; i < 300; i += 1) chain.mine()
    await worker.idleAt(chain.state.height)
    expect(chain.asked.get('windows')).toBe(1)
    timers.pass(600_000)
    await settled()
    expect(chain.asked.get('windows')).toBe(1)
    expect(log.matching(/subscription/)).toEqual([])
    await mineBlocks(chain, 306, [worker])
    expect(submissions().at(-1)).toEqual({ nonce: 304n, height: 305n })
    await worker.stop()
  })

  it('FL-09 sends once when the answer to a broadcast gets lost', async () => {
    const { chain, log, timers, start, submissions } = setUpWorker()
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 3, [worker])
    chain.trouble.dropReplies = true
    await mineBlocks(chain, 4, [worker])
    chain.trouble.dropReplies = false
    timers.pass(60_000)
    await settled()
    await mineBlocks(chain, 8, [worker])
    expect(submissions()).toEqual([{ nonce: 4n, height: 5n }])
    expect(log.matching(/epoch 4: the chain has the submission already/)).toHaveLength(1)
    await worker.stop()
  })

  it('FL-09 does not send again after a restart what its journal has', async () => {
    const { chain, start, submissions } = setUpWorker({ workerWindow: 3n })
    const journal = memoryJournal()
    const first = start({ predict: () => 1, journal })
    await mineBlocks(chain, 4, [first])
    await first.stop()
    const predict = vi.fn(() => 2)
    const second = start({ predict, journal })
    await mineBlocks(chain, 9, [second])
    expect(predict).toHaveBeenCalledTimes(1)
    expect(submissions()).toEqual([
      { nonce: 4n, height: 5n },
      { nonce: 8n, height: 9n },
    ])
    expect(journal.find({ topic: 1n, nonce: 4n, role: 'worker' })).toMatchObject({ state: 'landed', hash: 'TX2' })
    await second.stop()
  })

  it('sends nothing after stop, and keeps nobody waiting', async () => {
    const { chain, start, submissions } = setUpWorker()
    let finish: (value: number) => void = () => {}
    const worker = start({ predict: () => new Promise<number>((resolve) => (finish = resolve)) })
    await mineBlocks(chain, 3, [worker])
    chain.mine()
    const idle = worker.idleAt(4n)
    await settled()
    await worker.stop()
    finish(1)
    await idle
    await worker.idleAt(1_000n)
    await settled()
    chain.mine()
    expect(submissions()).toEqual([])
  })
})
