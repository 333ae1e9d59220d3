import { describe, expect, it, vi } from 'vitest'
import { startReputer } from '../reputer/startReputer.ts'
import { memoryJournal } from '../shared/journal.ts'
import { createFakeChain, type FakeChain } from '../shared/testing/fakeChain.ts'
import { FAKE_FEE } from '../shared/testing/fakeState.ts'
import { createManualTimers, type ManualTimers } from '../shared/testing/manualTimers.ts'
import { createMemoryLog, type MemoryLog } from '../shared/testing/memoryLog.ts'
import { mineBlocks } from '../shared/testing/mineBlocks.ts'
import { settled } from '../shared/testing/settled.ts'
import type { FakeTopic } from '../shared/testing/topicViewOf.ts'
import { startWorker, type Worker, type WorkerOptions } from './startWorker.ts'

type Set = {
  readonly chain: FakeChain
  readonly log: MemoryLog
  readonly timers: ManualTimers
  start(options: Partial<WorkerOptions>): Worker
}

function setUp(topic: Partial<FakeTopic> = {}, chain: FakeChain = createFakeChain(topic)): Set {
  const log = createMemoryLog()
  const timers = createManualTimers()
  chain.state.balances.set('w1', 1_000_000n)
  const start = (options: Partial<WorkerOptions>): Worker =>
    startWorker({ client: chain.client, sender: chain.sender('w1'), topicId: 1n, log, timers, ...options })
  return { chain, log, timers, start }
}

function submissions({ landed }: FakeChain): { nonce: bigint; height: bigint }[] {
  return landed.flatMap(({ height, messages }) =>
    messages.flatMap((message) =>
      message.typeUrl === '/emissions.v10.InsertWorkerPayloadRequest'
        ? [{ nonce: message.value.workerDataBundle?.nonce?.blockHeight ?? 0n, height }]
        : [],
    ),
  )
}

describe('a worker', () => {
  it('registers, submits once in each window, and is shown what came of it', async () => {
    const { chain, start } = setUp()
    const onResult = vi.fn()
    const predict = vi.fn(({ nonce }: { nonce: number }) => nonce / 2)
    const worker = start({ predict, onResult })
    chain.state.balances.set('r1', 1_000_000n)
    const reputer = startReputer({
      client: chain.client,
      sender: chain.sender('r1'),
      topicId: 1n,
      log: createMemoryLog(),
      timers: createManualTimers(),
      truth: () => ({ value: 3, source: 'test', observedAt: 'then' }),
    })
    await mineBlocks(chain, 18, [worker, reputer])
    expect(submissions(chain)).toEqual([4n, 8n, 12n, 16n].map((nonce) => ({ nonce, height: nonce + 1n })))
    expect(
      chain.landed.filter(({ messages }) => messages[0]?.typeUrl === '/emissions.v10.RegisterRequest'),
    ).toHaveLength(2)
    expect(onResult.mock.calls.map(([{ nonce, loss }]) => [nonce, loss])).toEqual([
      [4n, 1],
      [8n, 1],
    ])
    await Promise.all([worker.stop(), reputer.stop()])
  })

  it('gives the model what interfaces.md says', async () => {
    const { chain, start } = setUp({ domain: ['-5', '100'] })
    chain.state.truths.push({ $typeName: 'starling.v1.Truth', nonce: 1n, value: 7, label: '' })
    const predict = vi.fn((_: unknown) => 1)
    const worker = start({ predict })
    await mineBlocks(chain, 4, [worker])
    expect(predict).toHaveBeenCalledTimes(1)
    expect(predict.mock.calls[0]?.[0]).toEqual({
      topic: { id: 1, name: 'volatility', unit: 'percent', loss: 'squared', labels: [], domain: [-5, 100] },
      nonce: 4,
      deadlineHeight: 6,
      truths: [{ nonce: 1, value: 7 }],
      data: { topic: 'volatility', nonce: 4 },
    })
    await worker.stop()
  })

  it('sends probabilities in the order of the labels, and asks the forecaster about each worker', async () => {
    const { chain, start } = setUp({ loss: 'cross-entropy', labels: ['down', 'flat', 'up'], domain: ['0', '1'] })
    const inferers = [{ $typeName: 'starling.v1.Attributed' as const, address: 'w5', value: 0.25 }]
    const losses = { $typeName: 'starling.v1.EpochLosses' as const, combined: 0, naive: 0, forecasters: [] }
    chain.state.losses.push({ ...losses, nonce: 1n, inferers }, { ...losses, nonce: 2n, inferers: [] })
    const forecast = vi.fn((_: unknown) => ({ w5: -0.5 }))
    const worker = start({ predict: () => ({ values: { up: 0.2, down: 0.5, flat: 0.3 } }), forecast })
    await mineBlocks(chain, 5, [worker])
    expect(forecast.mock.calls[0]?.[0]).toMatchObject({ nonce: 4, workers: [{ address: 'w5', losses: [0.25, null] }] })
    expect(chain.landed.at(-1)?.messages[0]).toMatchObject({
      value: {
        sender: 'w1',
        workerDataBundle: {
          worker: 'w1',
          topicId: 1n,
          nonce: { blockHeight: 4n },
          inferenceForecastsBundle: {
            inference: {
              inferer: 'w1',
              values: [
                { label: 'down', value: '0.5' },
                { label: 'flat', value: '0.3' },
                { label: 'up', value: '0.2' },
              ],
            },
            forecast: { forecaster: 'w1', forecastElements: [{ inferer: 'w5', value: '-0.5' }] },
          },
        },
      },
    })
    await worker.stop()
  })

  it('FL-03 leaves a stranger out of a forecast and submits the rest', async () => {
    const { chain, log, start } = setUp()
    chain.state.registered.set('w2', 'worker')
    const worker = start({ forecast: () => ({ w1: -1, w2: -2, w9: -3 }) })
    await mineBlocks(chain, 5, [worker])
    expect(chain.landed.at(-1)?.messages[0]).toMatchObject({
      value: {
        workerDataBundle: {
          inferenceForecastsBundle: {
            forecast: {
              forecastElements: [
                { inferer: 'w1', value: '-1' },
                { inferer: 'w2', value: '-2' },
              ],
            },
          },
        },
      },
    })
    expect(log.matching(/left out of the forecast: w9 is no worker/)).toHaveLength(1)
    await worker.stop()
  })

  it.each([
    ['throws', () => Promise.reject(new Error('no luck')), /it failed: no luck/],
    ['throws at once', () => [].reduce(() => 1), /it failed: Reduce of empty array/],
    ['returns NaN', () => Number.NaN, /it is NaN/],
    ['returns garbage', () => ({ hello: 1 }), /was expected, got \{"hello":1\}/],
    ['returns nothing', () => undefined, /got nothing/],
    ['leaves the domain', () => 5000, /outside -1000 to 1000/],
    ['skips', () => null, /the model skips it/],
  ])('that %s misses the window and lives on', async (_, fault, reason) => {
    const { chain, log, start } = setUp()
    const worker = start({ predict: ({ nonce }) => (nonce === 4 ? fault() : 1) })
    await mineBlocks(chain, 10, [worker])
    expect(submissions(chain)).toEqual([{ nonce: 8n, height: 9n }])
    expect(log.matching(reason)).toHaveLength(1)
    await worker.stop()
  })

  it('gives up a model that hangs after its wall-clock limit', async () => {
    const { chain, log, timers, start } = setUp()
    const signals: AbortSignal[] = []
    const hang = (signal: AbortSignal): Promise<never> => new Promise(() => signals.push(signal))
    const worker = start({ modelTimeoutMs: 1500, predict: ({ nonce }, signal) => (nonce === 4 ? hang(signal) : 1) })
    await mineBlocks(chain, 3, [worker])
    chain.mine()
    await settled()
    expect(signals[0]?.aborted).toBe(false)
    timers.pass(1500)
    await mineBlocks(chain, 10, [worker])
    expect(signals[0]?.aborted).toBe(true)
    expect(log.matching(/no answer within 1500 ms/)).toHaveLength(1)
    expect(submissions(chain)).toEqual([{ nonce: 8n, height: 9n }])
    await worker.stop()
  })

  it('gives up a model without limit that still works when the window closes', async () => {
    const { chain, log, start } = setUp()
    const worker = start({ predict: ({ nonce }) => (nonce === 4 ? new Promise(() => {}) : 1) })
    await mineBlocks(chain, 3, [worker])
    for (let i = 0; i < 3; i += 1) {
      chain.mine()
      await settled()
    }
    await mineBlocks(chain, 10, [worker])
    expect(log.matching(/still at work when the window closed/)).toHaveLength(1)
    expect(submissions(chain)).toEqual([{ nonce: 8n, height: 9n }])
    await worker.stop()
  })

  it('asks the feed again with the next block when it fails', async () => {
    const { chain, log, start } = setUp()
    let asked = 0
    const feed = async (): Promise<unknown> => {
      asked += 1
      if (asked === 1) throw new Error('no such file')
      return [1]
    }
    const worker = start({ predict: () => 1, feed })
    await mineBlocks(chain, 6, [worker])
    expect(submissions(chain)).toEqual([{ nonce: 4n, height: 6n }])
    expect(log.matching(/no data, trying again with the next block. no such file/)).toHaveLength(1)
    await worker.stop()
  })

  it('FL-01 submits in the last block of a window, and not after it', async () => {
    for (const [offset, expected] of [
      [9, [{ nonce: 20n, height: 30n }]],
      [10, []],
    ] as const) {
      const { chain, start } = setUp({ epochLength: 20n, groundTruthLag: 20n, workerWindow: 10n })
      chain.state.registered.set('w1', 'worker')
      await mineBlocks(chain, 20 + offset, [])
      const worker = start({ predict: () => 1 })
      await mineBlocks(chain, 35, [worker])
      expect(submissions(chain)).toEqual(expected)
      await worker.stop()
    }
  })

  it('registers anew when its registration is gone', async () => {
    const { chain, start } = setUp()
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 6, [worker])
    chain.state.registered.delete('w1')
    await mineBlocks(chain, 14, [worker])
    expect(submissions(chain).map(({ nonce }) => nonce)).toEqual([4n, 12n])
    await worker.stop()
  })
})

describe('a worker and its money', () => {
  it('FL-17 warns, says what it needs, and resumes within one epoch of a top-up', async () => {
    const { chain, log, start } = setUp()
    // A registration is no submission: it is paid beforehand.
    chain.state.registered.set('w1', 'worker')
    chain.state.balances.set('w1', 3n * FAKE_FEE + 30n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 27, [worker])
    expect(submissions(chain).map(({ nonce }) => nonce)).toEqual([4n, 8n, 12n])
    expect(log.matching(/fees for about 2 more submissions/)).toHaveLength(1)
    expect(log.matching(/fees for about 1 more submission;/)).toHaveLength(1)
    const poor = /insufficient funds. w1 has 30uallo and needs 110uallo; send it at least 80uallo/
    expect(log.matching(poor).map((line) => /epoch (\d+)/.exec(line)?.[1])).toEqual(['16', '20', '24'])
    chain.state.balances.set('w1', 100_000n)
    await mineBlocks(chain, 42, [worker])
    expect(submissions(chain).map(({ nonce }) => nonce)).toEqual([4n, 8n, 12n, 28n, 32n, 36n, 40n])
    await worker.stop()
  })

  it('FL-17 submits in the same window when money comes in time', async () => {
    const { chain, start } = setUp()
    chain.state.registered.set('w1', 'worker')
    chain.state.balances.set('w1', 0n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 4, [worker])
    chain.state.balances.set('w1', 500n)
    await mineBlocks(chain, 7, [worker])
    expect(submissions(chain)).toEqual([{ nonce: 4n, height: 6n }])
    await worker.stop()
  })

  it('waits for the money to register', async () => {
    const { chain, log, start } = setUp()
    chain.state.balances.set('w1', 5n)
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 3, [worker])
    expect(log.matching(/registration as worker: insufficient funds. w1 has 5uallo and needs 110uallo/)).toHaveLength(1)
    chain.state.balances.set('w1', 100_000n)
    await mineBlocks(chain, 6, [worker])
    expect(submissions(chain)).toHaveLength(1)
    await worker.stop()
  })
})

describe('a worker and its node', () => {
  it('waits for a node that is away, and says so once', async () => {
    const { chain, log, timers, start } = setUp()
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
    expect(submissions(chain)).toHaveLength(1)
    await worker.stop()
  })

  it('goes on with the same epoch when the node was away for part of the window', async () => {
    const { chain, timers, start } = setUp()
    const predict = vi.fn(() => 1)
    const worker = start({ predict })
    await mineBlocks(chain, 3, [worker])
    chain.trouble.away = true
    await mineBlocks(chain, 4, [worker])
    chain.trouble.away = false
    timers.pass(60_000)
    await settled()
    await mineBlocks(chain, 6, [worker])
    expect(submissions(chain)).toEqual([{ nonce: 4n, height: 5n }])
    await worker.stop()
  })

  it('FL-31 recovers a window event that the subscription lost, and still submits', async () => {
    const { chain, timers, start } = setUp()
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
    expect(submissions(chain)).toEqual([{ nonce: 4n, height: 5n }])
    await worker.stop()
  })

  it('FL-31 notices a gap in the blocks, and asks what is open', async () => {
    const { chain, start } = setUp({ workerWindow: 3n })
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 3, [worker])
    chain.trouble.mute = true
    chain.mine()
    chain.trouble.mute = false
    chain.mine()
    await mineBlocks(chain, 6, [worker])
    expect(submissions(chain)).toEqual([{ nonce: 4n, height: 6n }])
    await worker.stop()
  })

  it('FL-31 takes a burst of blocks at once, and a quiet chain for what it is', async () => {
    const { chain, timers, log, start } = setUp()
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
    expect(submissions(chain).at(-1)).toEqual({ nonce: 304n, height: 305n })
    await worker.stop()
  })

  it('FL-09 sends once when the answer to a broadcast gets lost', async () => {
    const { chain, log, timers, start } = setUp()
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 3, [worker])
    chain.trouble.dropReplies = true
    await mineBlocks(chain, 4, [worker])
    chain.trouble.dropReplies = false
    timers.pass(60_000)
    await settled()
    await mineBlocks(chain, 8, [worker])
    expect(submissions(chain)).toEqual([{ nonce: 4n, height: 5n }])
    expect(log.matching(/epoch 4: the chain has the submission already/)).toHaveLength(1)
    await worker.stop()
  })

  it('FL-09 does not send again after a restart what its journal has', async () => {
    const { chain, start } = setUp({ workerWindow: 3n })
    const journal = memoryJournal()
    const first = start({ predict: () => 1, journal })
    await mineBlocks(chain, 4, [first])
    await first.stop()
    const predict = vi.fn(() => 2)
    const second = start({ predict, journal })
    await mineBlocks(chain, 9, [second])
    expect(predict).toHaveBeenCalledTimes(1)
    expect(submissions(chain)).toEqual([
      { nonce: 4n, height: 5n },
      { nonce: 8n, height: 9n },
    ])
    expect(journal.find({ topic: 1n, nonce: 4n, role: 'worker' })).toMatchObject({ state: 'landed', hash: 'TX2' })
    await second.stop()
  })

  it('sends nothing after stop, and keeps nobody waiting', async () => {
    const { chain, start } = setUp()
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
    expect(submissions(chain)).toEqual([])
  })
})
