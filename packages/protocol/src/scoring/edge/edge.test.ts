import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advanceEdge } from './advanceEdge.ts'
import { edgeOf } from './edgeOf.ts'
import { newEdge } from './newEdge.ts'

/** Numbers in [0, 1) from a seed. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** A number of a normal distribution with mean 0 and standard deviation 1. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Differences with mean 0: thin and thick tails, skew to both sides, scales that wander. */
const withoutEdge: readonly ((random: () => number, t: number) => number)[] = [
  (random) => normal(random),
  (random) => normal(random) / Math.sqrt(random() + 0.02),
  (random) => 1 + Math.log(1 - random()),
  (random) => -1 - Math.log(1 - random()),
  (random, t) => normal(random) * (1 + 9 * (Math.floor(t / 50) % 2)),
]

/** The first epoch at which the edge is shown, or null within so many. */
function firstShown(epochs: number, difference: (t: number) => number): number | null {
  let state = newEdge()
  for (let t = 0; t < epochs; t += 1) {
    state = advanceEdge(state, difference(t))
    if (edgeOf(state).shown) return t + 1
  }
  return null
}

describe('the edge flag', () => {
  it('is shown at any time in at most 5 % of 1,000 topics without an edge', () => {
    let shown = 0
    for (let topic = 0; topic < 1000; topic += 1) {
      const random = makeRandom(topic + 1)
      const draw = withoutEdge[topic % withoutEdge.length]
      if (firstShown(2000, (t) => draw?.(random, t) ?? 0) !== null) shown += 1
    }
    expect(shown).toBeLessThanOrEqual(50)
  })

  it('takes a median of at most 400 epochs where differences have a mean of 0.2 standard deviations', () => {
    const times = Array.from({ length: 301 }, (_, topic) => {
      const random = makeRandom(topic + 7)
      return firstShown(5000, () => 0.2 + normal(random)) ?? 5000
    })
    const middle = times.toSorted((a, b) => a - b)[150]
    expect(middle).toBeLessThanOrEqual(400)
  })

  it('does not depend on the unit', () => {
    const run = (unit: number) => {
      const random = makeRandom(3)
      let state = newEdge()
      for (let t = 0; t < 100; t += 1) state = advanceEdge(state, unit * (0.3 + normal(random)))
      return edgeOf(state).eValue
    }
    expect(run(1024)).toBeCloseTo(run(1), 9)
  })

  it('stays finite and non-negative whatever the differences are', () => {
    const size = fc.constantFrom(0, 1e-300, 1, 1e150, 4e300)
    const differences = fc.array(fc.tuple(size, fc.boolean()), { maxLength: 200 })
    fc.assert(
      fc.property(differences, (list) => {
        let state = newEdge()
        for (const [x, negative] of list) state = advanceEdge(state, negative ? -x : x)
        const { eValue, n } = edgeOf(state)
        expect(Number.isFinite(eValue) && Number.isFinite(state.meanSize) && eValue >= 0).toBe(true)
        expect(n).toBe(list.length)
      }),
    )
  })

  it('has no opinion before ten differences have set its bound', () => {
    let state = newEdge()
    for (let t = 0; t < 10; t += 1) state = advanceEdge(state, 5)
    expect(edgeOf(state)).toEqual({ shown: false, eValue: 1, n: 10 })
  })
})
