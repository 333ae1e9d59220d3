import { describe, expect, it } from 'vitest'
import { rankCorrelation } from './howGood/rankCorrelation.mjs'
import { writePage } from './howGood/writePage.mjs'

describe('rank correlation', () => {
  it('is 1 for the same order, −1 for the opposite one, and shares ranks among equals', () => {
    expect(rankCorrelation([1, 5, 20], [0, 1, 2])).toBe(1)
    expect(rankCorrelation([1, 5, 20], [2, 1, 0])).toBe(-1)
    expect(rankCorrelation([0, 0, 1, 2], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12)
  })

  it('is no number where one list never changes', () => {
    expect(rankCorrelation([1, 1], [1, 2])).toBeNaN()
  })
})

describe('the page', () => {
  const level = { coverage: 0.5, rolling: 0.5, width: 1 }
  const good = {
    name: 'rain',
    loss: 'squared',
    epochs: 400,
    rows: 400,
    models: 3,
    best: 'a',
    toBest: [0.9, 0.8, 0.95],
    toMean: [0.9, 0.8, 0.95],
    toMedian: [0.9, 0.8, 0.95],
    toAny: 0.9,
    edge: { shown: true, eValue: 30 },
    pay: { correlation: 0.9, earning: 2, most: { name: 'a', reward: 0.5 }, best: 0.5, unpaid: 0.1 },
    intervals: { epochs: 350, levels: [0.5, 0.8, 0.95].map((coverage) => ({ ...level, coverage })) },
  }
  const bad = {
    ...good,
    name: 'srft',
    toBest: [1.1, 0.9, 1.2],
    toAny: 1.1,
    toMedian: [1.05, 1, 1.1],
    edge: { shown: false, eValue: 1 },
    pay: { ...good.pay, correlation: 0.1 },
    intervals: { epochs: 350, levels: [level, level, { ...level, width: 1.5 }] },
  }
  const weakOf = (panels) =>
    writePage({ example: good, panels, discrete: [] }).split('## Where it is not the best')[1]?.split('##')[0]

  it('says of a bad panel all that is bad, and of a good one nothing', () => {
    expect(weakOf([good])?.trim()).toBe('')
    const text = weakOf([good, bad])
    for (const words of [
      'A single model was better: srft 1.1000',
      'plain median was better: srft',
      'three points off: srft',
    ])
      expect(text).toContain(words)
    for (const words of [
      "simple alternative's: srft",
      'is shown: srft',
      'agree little (rank correlation below 0.5): srft',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('rain')
  })

  it('says of probabilities where a single model was better', () => {
    const { intervals: _, ...event } = { ...good, name: 'risk', loss: 'log-loss' }
    const sayOf = (discrete) => writePage({ example: good, panels: [], discrete })
    expect(sayOf([event])).toContain('On all of them the network is ahead')
    expect(sayOf([event, { ...event, name: 'trend', toBest: [1.0012, 0.9, 1.1] }])).toContain(
      'better on trend (1.0012).',
    )
  })

  it('can be written without any panel', () => {
    expect(writePage({ example: good, panels: [], discrete: [] })).toContain('## Without any of these files')
  })
})
