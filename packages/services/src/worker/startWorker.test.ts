import { describe, expect, it, vi } from 'vitest'
import { mineBlocks } from '../shared/testing/mineBlocks.ts'
import { settled } from '../shared/testing/settled.ts'
import { setUpWorker } from './testing/setUpWorker.ts'

describe('a worker', () => {
  it('registers, submits once in each window, and is shown what came of it', async () => {
    const { chain, start, submissions } = setUpWorker()
    const onResult = vi.fn()
    const predict = vi.fn(({ nonce }: { nonce: number }) => nonce / 2)
    const worker = start({ predict, onResult })
    await mineBlocks(chain, 10, [worker])
    for (const nonce of [4n, 8n]) chain.state.epochs.get(nonce)?.truths.set('r1', 3)
    await mineBlocks(chain, 18, [worker])
    expect(submissions()).toEqual([4n, 8n, 12n, 16n].map((nonce) => ({ nonce, height: nonce + 1n })))
    expect(
      chain.landed.filter(({ messages }) => messages[0]?.typeUrl === '/emissions.v10.RegisterRequest'),
    ).toHaveLength(1)
    expect(onResult.mock.calls.map(([{ nonce, loss }]) => [nonce, loss])).toEqual([
      [4n, 1],
      [8n, 1],
    ])
    await worker.stop()
  })

  it('gives the model what interfaces.md says', async () => {
    const { chain, start } = setUpWorker({ domain: ['-5', '100'] })
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
    const { chain, start } = setUpWorker({ loss: 'cross-entropy', labels: ['down', 'flat', 'up'], domain: ['0', '1'] })
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
            forecast: { forecaster: 'w1', forecastElements: [{ inferer: 'w5', value: '0.5206443512290382' }] },
          },
        },
      },
    })
    await worker.stop()
  })

  it('FL-03 leaves a stranger out of a forecast and submits the rest', async () => {
    const { chain, log, start } = setUpWorker()
    chain.state.registered.set('w2', 'worker')
    const worker = start({ forecast: () => ({ w1: -1, w2: -2, w9: -3 }) })
    await mineBlocks(chain, 5, [worker])
    expect(chain.landed.at(-1)?.messages[0]).toMatchObject({
      value: {
        workerDataBundle: {
          inferenceForecastsBundle: {
            forecast: {
              forecastElements: [
                { inferer: 'w1', value: '-0.999999999995657' },
                { inferer: 'w2', value: '-1.9999999999565705' },
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
    ['throws at once', () => JSON.parse('{'), /it failed: Expected property name/],
    ['returns NaN', () => Number.NaN, /it is NaN/],
    ['returns garbage', () => ({ hello: 1 }), /was expected, got \{"hello":1\}/],
    ['returns nothing', () => undefined, /got nothing/],
    ['leaves the domain', () => 5000, /outside -1000 to 1000/],
    ['skips', () => null, /the model skips it/],
  ])('that %s misses the window and lives on', async (_, fault, reason) => {
    const { chain, log, start, submissions } = setUpWorker()
    const worker = start({ predict: ({ nonce }) => (nonce === 4 ? fault() : 1) })
    await mineBlocks(chain, 10, [worker])
    expect(submissions()).toEqual([{ nonce: 8n, height: 9n }])
    expect(log.matching(reason)).toHaveLength(1)
    await worker.stop()
  })

  it('AUD-M12 gives up a model that hangs after its wall-clock limit', async () => {
    const { chain, log, timers, start, submissions } = setUpWorker()
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
    expect(submissions()).toEqual([{ nonce: 8n, height: 9n }])
    await worker.stop()
  })

  it('gives up a model without limit that still works when the window closes', async () => {
    const { chain, log, start, submissions } = setUpWorker()
    const worker = start({ predict: ({ nonce }) => (nonce === 4 ? new Promise(() => {}) : 1) })
    await mineBlocks(chain, 3, [worker])
    for (let i = 0; i < 3; i += 1) {
      chain.mine()
      await settled()
    }
    await mineBlocks(chain, 10, [worker])
    expect(log.matching(/still at work when the window closed/)).toHaveLength(1)
    expect(submissions()).toEqual([{ nonce: 8n, height: 9n }])
    await worker.stop()
  })

  it('asks the feed again with the next block when it fails', async () => {
    const { chain, log, start, submissions } = setUpWorker()
    let asked = 0
    const feed = async (): Promise<unknown> => {
      asked += 1
      if (asked === 1) throw new Error('no such file')
      return [1]
    }
    const worker = start({ predict: () => 1, feed })
    await mineBlocks(chain, 6, [worker])
    expect(submissions()).toEqual([{ nonce: 4n, height: 6n }])
    expect(log.matching(/no data, trying again with the next block. no such file/)).toHaveLength(1)
    await worker.stop()
  })

  it('FL-01 submits in the last block of a window, and not after it', async () => {
    for (const [offset, expected] of [
      [9, [{ nonce: 20n, height: 30n }]],
      [10, []],
    ] as const) {
      const { chain, start, submissions } = setUpWorker({ epochLength: 20n, groundTruthLag: 20n, workerWindow: 10n })
      chain.state.registered.set('w1', 'worker')
      await mineBlocks(chain, 20 + offset, [])
      const worker = start({ predict: () => 1 })
      await mineBlocks(chain, 35, [worker])
      expect(submissions()).toEqual(expected)
      await worker.stop()
    }
  })

  it('registers anew when its registration is gone', async () => {
    const { chain, start, submissions } = setUpWorker()
    const worker = start({ predict: () => 1 })
    await mineBlocks(chain, 6, [worker])
    chain.state.registered.delete('w1')
    await mineBlocks(chain, 14, [worker])
    expect(submissions().map(({ nonce }) => nonce)).toEqual([4n, 12n])
    await worker.stop()
  })
})
