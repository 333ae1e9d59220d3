import { describe, expect, it } from 'vitest'
import { createFeed } from '../feed/createFeed.ts'
import { readSp500 } from '../feed/readSp500.ts'
import { builtInForecasters } from './builtInForecasters.ts'
import type { ForecastInput, WorkerLosses } from './types.ts'

const feed = createFeed(readSp500())

function inputOf(workers: readonly WorkerLosses[], epoch = 400): ForecastInput {
  return {
    topic: { id: 1, name: 'volatility', unit: 'percent', loss: 'qlike', labels: [], domain: [0.05, 100] },
    nonce: epoch * 10,
    deadlineHeight: epoch * 10 + 5,
    truths: [-3, -2, -1].map((lag) => ({ nonce: (epoch + lag) * 10, value: 1 })),
    data: feed.dataFor('volatility', epoch),
    workers,
  }
}

const good = { address: 'good', losses: Array.from({ length: 60 }, (_, i) => 0.1 + 0.01 * (i % 3)) }
const bad = { address: 'bad', losses: Array.from({ length: 60 }, () => 10) }

describe.each(builtInForecasters)('$name', ({ forecast }) => {
  it('tells good from bad in log10', () => {
    const { good: low, bad: high } = forecast(inputOf([good, bad]))
    expect(low).toBeGreaterThan(-1.1)
    expect(low).toBeLessThan(-0.5)
    expect(high).toBeGreaterThan(0.7)
    expect(high).toBeLessThan(1.1)
  })

  it('speaks about newcomers, absent ones and perfect ones in finite numbers', () => {
    const odd = [
      good,
      { address: 'new', losses: [] },
      { address: 'absent', losses: [null, null] },
      { address: 'perfect', losses: [0, 0, null, 0] },
    ]
    const out = forecast(inputOf(odd))
    expect(Object.keys(out)).toEqual(['good', 'new', 'absent', 'perfect'])
    expect(Object.values(out).every(Number.isFinite)).toBe(true)
    expect(forecast(inputOf([]))).toEqual({})
  })

  it('answers the same again, and without data', () => {
    expect(forecast(inputOf([good, bad]))).toEqual(forecast(inputOf([good, bad])))
    expect(Object.keys(forecast({ ...inputOf([good]), data: null }))).toEqual(['good'])
  })
})

describe('regime', () => {
  it('minds in which state of the market a worker erred', () => {
    const regime = builtInForecasters.find(({ name }) => name === 'regime')
    const momentum = builtInForecasters.find(({ name }) => name === 'momentum')
    const split = { address: 'w', losses: Array.from({ length: 200 }, (_, i) => (i < 150 ? 10 : 0.1)) }
    const differs = [300, 700, 1100, 1500].some((epoch) => {
      const input = inputOf([split], epoch)
      return Math.abs((regime?.forecast(input).w ?? 0) - (momentum?.forecast(input).w ?? 0)) > 0.2
    })
    expect(differs).toBe(true)
  })
})
