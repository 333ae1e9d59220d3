import { afterEach, describe, expect, it } from 'vitest'
import { createFeed } from '../../feed/createFeed.ts'
import { readSp500 } from '../../feed/readSp500.ts'
import { builtInForecasters } from '../../models/builtInForecasters.ts'
import { builtInModels } from '../../models/builtInModels.ts'
import type { ForecastInput } from '../../models/types.ts'
import { modelInput } from '../../shared/testing/modelInput.ts'
import { type BuiltInPool, builtInPool } from './builtInPool.ts'

const never = (): AbortSignal => new AbortController().signal
const feed = createFeed(readSp500())
const pools: BuiltInPool[] = []

function poolOf(threads: number): BuiltInPool {
  const pool = builtInPool({ threads })
  pools.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function inputs(epoch: number): readonly ForecastInput[] {
  return feed.topics.map((topic) => ({
    ...modelInput,
    topic: { id: 1, name: topic.name, unit: topic.unit, loss: topic.loss, labels: topic.labels, domain: topic.domain },
    nonce: epoch,
    data: feed.dataFor(topic.name, epoch),
    workers: [
      { address: 'a', losses: [1, 2, null, 0.5] },
      { address: 'b', losses: [] },
    ],
  }))
}

describe('the pool of built-in models', () => {
  it.each([1, 2])('answers like the models themselves, with %i threads', async (threads) => {
    const pool = poolOf(threads)
    for (const epoch of Array.from({ length: 20 }, (_, i) => 100 + i)) {
      for (const [i, input] of inputs(epoch).entries()) {
        const name = feed.topics[i]?.name ?? 'risk'
        const models = builtInModels[name]
        const answers = await Promise.all(models.map((model) => pool.predict(name, model.name)(input, never())))
        expect(answers).toEqual(models.map((model) => model.predict(input)))
        const forecasts = builtInForecasters.map((model) => pool.forecast(model.name)(input, never()))
        expect(await Promise.all(forecasts)).toEqual(builtInForecasters.map((model) => model.forecast(input)))
      }
    }
  })

  it('skips where there is no data', async () => {
    const pool = poolOf(1)
    expect(await pool.predict('volatility', 'har')({ ...modelInput, data: null }, never())).toBeNull()
  })

  it('names the models where there is none of that name', () => {
    const pool = poolOf(1)
    expect(() => pool.predict('risk', 'har')).toThrow('There is no model of risk named "har". Choose one of')
    expect(() => pool.forecast('har')).toThrow('There is no forecaster named "har". Choose one of momentum')
  })

  it('lets go of a call that nobody waits for, and goes on', async () => {
    const pool = poolOf(1)
    const limit = new AbortController()
    const [input] = inputs(5)
    if (input === undefined) throw new Error('no input')
    const asked = pool.predict('volatility', 'har')(input, limit.signal)
    limit.abort()
    await expect(asked).rejects.toThrow('nobody waits')
    expect(await pool.predict('volatility', 'har')(input, never())).toEqual(
      builtInModels.volatility.find(({ name }) => name === 'har')?.predict(input),
    )
  })
})
