import { describe, expect, it } from 'vitest'
import { advanceIntervals } from './advanceIntervals.ts'
import { advanceLabelSets } from './advanceLabelSets.ts'
import { advanceReliability } from './advanceReliability.ts'
import { intervalSpread } from './intervalSpread.ts'
import { intervalsOf } from './intervalsOf.ts'
import { labelSetsOf } from './labelSetsOf.ts'
import { newIntervals } from './newIntervals.ts'
import { newLabelSets } from './newLabelSets.ts'
import { newReliability } from './newReliability.ts'

/** Numbers in [0, 1) from a fixed seed. */
function makeRandom(): () => number {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

describe('intervals', () => {
  it('begin with those of a normal distribution whose mean |error| is the spread', () => {
    const { intervals, scale } = intervalsOf(newIntervals(), 10, 2)
    expect(scale).toBe(2)
    expect(intervals.map(({ upper }) => (upper - 10) / 2)).toEqual([
      expect.closeTo(0.85, 1),
      expect.closeTo(1.7, 1),
      expect.closeTo(2.81, 1),
    ])
  })

  it('start from how far all stand from the answer where its contributors do not stand apart', () => {
    expect(intervalSpread(102, [100, 104], 1.5)).toBe(1.5)
    expect(intervalSpread(102, [100, 105], 0)).toBe(2.5)
    expect(intervalSpread(102, [], 0)).toBe(0)
  })

  it('remember no score of an error that had no scale, as when all said the same in the first epoch', () => {
    const first = advanceIntervals(newIntervals(), intervalsOf(newIntervals(), 10, 0), 13)
    expect(first).toMatchObject({ scores: [], meanError: 3, ledger: { epochs: 1 } })
    const { intervals } = intervalsOf(first, 10, 0)
    expect(intervals.at(-1)?.upper).toBeLessThan(30)
  })

  it('are cut to the domain', () => {
    const { intervals } = intervalsOf(newIntervals(), 0.1, 1, [0, 1])
    expect(intervals.at(-1)).toEqual({ level: 0.95, lower: 0, upper: 1 })
  })

  it('count a truth at the end of an interval as a hit, and keep error, score and width', () => {
    const published = intervalsOf(newIntervals(), 10, 2)
    const end = published.intervals[1]?.upper ?? 0
    const state = advanceIntervals(newIntervals(), published, end)
    expect(state.ledger.levels.map(({ hits }) => hits)).toEqual([0, 1, 1])
    expect(state.ledger.levels[1]?.width).toBeCloseTo(2 * (end - 10), 12)
    expect(state.meanError).toBeCloseTo(end - 10, 12)
    expect(state.scores).toEqual([expect.closeTo((end - 10) / 2, 12)])
    expect(state.targets).toEqual([expect.closeTo(0.4875), expect.closeTo(0.202), expect.closeTo(0.050125)])
  })

  it('of a truth that always equals the value have no width', () => {
    let state = newIntervals()
    for (let t = 0; t < 300; t += 1) state = advanceIntervals(state, intervalsOf(state, 7, 0), 7)
    expect(state.ledger.levels.map(({ hits, width }) => [hits, width])).toEqual([
      [300, 0],
      [300, 0],
      [300, 0],
    ])
  })

  it('keep their coverage when errors become ten times as large and small again', () => {
    const random = makeRandom()
    let state = newIntervals()
    for (let t = 0; t < 1500; t += 1) {
      const published = intervalsOf(state, 0, 0.1)
      const spread = t >= 500 && t < 1000 ? 10 : 1
      state = advanceIntervals(state, published, spread * (random() + random() + random() - 1.5))
    }
    for (const { level, hits } of state.ledger.levels) expect(Math.abs(hits / 1500 - level)).toBeLessThan(0.02)
  })

  it('wait for their truth while later ones are published', () => {
    const random = makeRandom()
    let state = newIntervals()
    const waiting: ReturnType<typeof intervalsOf>[] = []
    for (let t = 0; t < 2000; t += 1) {
      waiting.push(intervalsOf(state, 0, 0.1))
      const due = t < 8 ? undefined : waiting.shift()
      if (due) state = advanceIntervals(state, due, random() + random() - 1)
    }
    for (const { level, hits } of state.ledger.levels) expect(Math.abs(hits / 1992 - level)).toBeLessThan(0.02)
  })
})

describe('prediction sets', () => {
  it('hold the most probable labels, equal ones in the order of the topic', () => {
    const { sets } = labelSetsOf(newLabelSets(), [0.25, 0.3, 0.3, 0.15])
    expect(sets.map(({ labels }) => labels)).toEqual([[1], [1, 2], [1, 2, 0]])
  })

  it('are never empty', () => {
    const { sets } = labelSetsOf(newLabelSets(), [0.98, 0.02])
    expect(sets.map(({ labels }) => labels)).toEqual([[0], [0], [0]])
  })

  it.each([
    ['honest', 1],
    ['overconfident', 3],
  ])('of %s probabilities cover their level, or what the first label alone is right', (_, power) => {
    const random = makeRandom()
    let state = newLabelSets()
    let firstIsRight = 0
    const epochs = 3000
    for (let t = 0; t < epochs; t += 1) {
      const weights = [random() + 0.2, random() + 0.2, random() + 0.2, random() + 0.2]
      const total = weights.reduce((a, b) => a + b, 0)
      let draw = random() * total
      const truth = weights.findIndex((weight) => {
        draw -= weight
        return draw < 0
      })
      const sharp = weights.map((weight) => (power === 1 ? weight : weight * weight * weight))
      const sharpTotal = sharp.reduce((a, b) => a + b, 0)
      const published = labelSetsOf(
        state,
        sharp.map((weight) => weight / sharpTotal),
      )
      if (published.sets[0]?.labels[0] === truth) firstIsRight += 1
      state = advanceLabelSets(state, published, truth)
    }
    for (const { level, hits } of state.ledger.levels) {
      expect(Math.abs(hits / epochs - Math.max(level, firstIsRight / epochs))).toBeLessThan(0.02)
    }
  })
})

describe('the reliability ledger', () => {
  it('counts answers, probabilities and events by tenths, with 1 in the last', () => {
    let ledger = newReliability()
    for (const [probability, truth] of [
      [0, 0],
      [0.05, 1],
      [0.3, 0],
      [1, 1],
    ] as const) {
      ledger = advanceReliability(ledger, probability, truth)
    }
    expect(ledger).toHaveLength(10)
    expect(ledger[0]).toEqual({ n: 2, probability: 0.05, events: 1 })
    expect(ledger[3]).toEqual({ n: 1, probability: 0.3, events: 0 })
    expect(ledger[9]).toEqual({ n: 1, probability: 1, events: 1 })
  })
})
