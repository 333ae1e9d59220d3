import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advanceIntervals } from './advanceIntervals.ts'
import { intervalsOf } from './intervalsOf.ts'
import { LEVELS, type PublishedIntervals } from './intervalTypes.ts'
import { newIntervals } from './newIntervals.ts'
import { stepOf } from './stepOf.ts'

type Round = { readonly value: number; readonly spread: number; readonly truth: number }

/** Truths, values and spreads from the whole legal domain, with long runs of one size and sudden jumps. */
const size = fc.constantFrom(0, 1e-150, 1e-9, 1, 1.5, 1e6, 1e150)
const round: fc.Arbitrary<Round> = fc.record({
  value: fc.oneof(size, fc.double({ min: -5, max: 5, noNaN: true })),
  spread: size,
  truth: fc.oneof(
    size.map((x) => -x),
    fc.double({ min: -5, max: 5, noNaN: true }),
  ),
})
const rounds: fc.Arbitrary<readonly Round[]> = fc
  .array(fc.tuple(round, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 12 })
  .map((runs) => runs.flatMap(([one, times]) => Array.from({ length: times }, () => one)))

function isSound({ intervals, value }: PublishedIntervals): boolean {
  return intervals.every(({ lower, upper }, i) => {
    const inner = intervals[i - 1] ?? { lower: value, upper: value }
    return Number.isFinite(lower) && Number.isFinite(upper) && lower <= inner.lower && inner.upper <= upper
  })
}

it('intervals are finite and nested, and misses are bounded by the targets, whatever the data does', () => {
  fc.assert(
    fc.property(rounds, (list) => {
      let state = newIntervals()
      for (const { value, spread, truth } of list) {
        const published = intervalsOf(state, value, spread)
        expect(isSound(published)).toBe(true)
        state = advanceIntervals(state, published, truth)
        expect(state.scores.length).toBeLessThanOrEqual(200)
        expect([state.meanError, ...state.scores, ...state.targets].every(Number.isFinite)).toBe(true)
      }
      const { epochs, levels } = state.ledger
      for (const [i, { level, hits }] of levels.entries()) {
        const drift = (1 - level - (state.targets[i] ?? 0)) / stepOf(level)
        expect(epochs - hits).toBeLessThanOrEqual((1 - level) * epochs + drift + 1e-6 * epochs)
      }
    }),
    { numRuns: 200 },
  )
})

/** Against one level: an answer of 0, and a truth just outside the interval whenever the domain has room, else inside. */
function coverageAgainst(attacked: number, epochs: number, domain: readonly [number, number]): readonly number[] {
  let state = newIntervals()
  for (let t = 0; t < epochs; t += 1) {
    const published = intervalsOf(state, 0, 0.001, domain)
    const upper = published.intervals[attacked]?.upper ?? 0
    state = advanceIntervals(state, published, upper < domain[1] ? Math.min(domain[1], upper * 1.0001 + 1e-9) : 0)
  }
  return state.ledger.levels.map(({ hits }) => hits / epochs)
}

it.each([0, 1, 2])('who always steps outside level %i cannot keep coverage from it', (attacked) => {
  const coverage = coverageAgainst(attacked, 20_000, [-1e6, 1e6])
  expect(Math.abs((coverage[attacked] ?? 0) - (LEVELS[attacked] ?? 0))).toBeLessThan(0.01)
})

it('who always stays inside cannot drive coverage up: the intervals shrink to nothing and give way', () => {
  let state = newIntervals()
  const epochs = 20_000
  for (let t = 0; t < epochs; t += 1) {
    const published = intervalsOf(state, 0, 1)
    const half = published.intervals[0]?.upper ?? 0
    state = advanceIntervals(state, published, half * 0.99 + 1e-9)
  }
  expect(state.ledger.levels[0]?.hits).toBeLessThan(0.52 * epochs)
})
