import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultScoringParams as params } from '../defaultScoringParams.ts'
import { computeListeningCoefficients } from './computeListeningCoefficients.ts'
import { computeReputerScores, type ReputerLosses } from './computeReputerScores.ts'

const agreeing: readonly ReputerLosses[] = [
  { stake: 100, losses: [1, 2, 3] },
  { stake: 50, losses: [1, 2, 3] },
  { stake: 10, losses: [1, 2, 3] },
]
const withOutlier: readonly ReputerLosses[] = [
  { stake: 100, losses: [1, 2, 3] },
  { stake: 100, losses: [1.1, 2.1, 2.9] },
  { stake: 100, losses: [9, -4, 8] },
]

describe('SPEC math 9.4 listening coefficients', () => {
  it('of agreeing reputers stay 1 with the highest score', () => {
    const { coefficients, scores } = computeListeningCoefficients(agreeing, [1, 1, 1], params)
    expect(coefficients).toEqual([1, 1, 1])
    for (const score of scores) expect(score).toBeCloseTo(100, 9)
  })

  it('of one reputer alone stays what it was', () => {
    const { coefficients } = computeListeningCoefficients([{ stake: 5, losses: [2, 7] }], [0.8], params)
    expect(coefficients).toEqual([0.8])
  })

  it('take one step as worked out by hand from finite differences', () => {
    const once = { ...params, gradientDescentMaxIters: 1 }
    const { coefficients, scores } = computeListeningCoefficients(withOutlier, [1, 1, 1], once)
    const total = (a: readonly number[]): number =>
      computeReputerScores(withOutlier, a, params).reduce((x, y) => x + y, 0)
    const slope = (1 - total([1, 1, 1]) / total([1, 1, 0.999])) / -0.001
    // Dividing by the step of 0.001 leaves about 13 digits.
    expect(coefficients[2]).toBeCloseTo(1 + 0.05 * slope, 12)
    expect(scores).toEqual(computeReputerScores(withOutlier, [1, 1, 1], params))
  })

  it('listen less to who disagrees', () => {
    const { coefficients } = computeListeningCoefficients(withOutlier, [], params)
    const [first = 0, second = 0, outlier = 1] = coefficients
    expect(outlier).toBeLessThan(first)
    expect(outlier).toBeLessThan(second)
  })

  it('ends within the given number of rounds: two times one round is two rounds', () => {
    const once = { ...params, gradientDescentMaxIters: 1 }
    const first = computeListeningCoefficients(withOutlier, [], once)
    const second = computeListeningCoefficients(withOutlier, first.coefficients, once)
    expect(computeListeningCoefficients(withOutlier, [], { ...params, gradientDescentMaxIters: 2 })).toEqual(second)
    expect(
      computeListeningCoefficients(withOutlier, [0.5, 1], { ...params, gradientDescentMaxIters: 0 }).coefficients,
    ).toEqual([0.5, 1, 1])
  })

  it('never listen to less than the least share of stake, and stay within 0 and 1', () => {
    const reputer = fc.record({
      stake: fc.double({ min: 1, max: 1e6, noNaN: true }),
      losses: fc.array(fc.option(fc.double({ min: -9, max: 9, noNaN: true })), { minLength: 3, maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(reputer, { minLength: 1, maxLength: 5 }), (reputers) => {
        const { coefficients, scores } = computeListeningCoefficients(reputers, [], { ...params, learningRate: 5 })
        const stake = reputers.reduce((total, r) => total + r.stake, 0)
        const heard = reputers.reduce((total, r, m) => total + r.stake * (coefficients[m] ?? 0), 0)
        expect(heard / stake).toBeGreaterThanOrEqual(params.minStakeFraction - 1e-9)
        for (const a of coefficients) expect(a > 0 && a <= 1).toBe(true)
        for (const score of scores) expect(score > 0 && score <= 100.0001).toBe(true)
      }),
    )
  })

  it('without stake nothing moves', () => {
    expect(computeListeningCoefficients([{ stake: 0, losses: [1] }], [0.5], params).coefficients).toEqual([0.5])
  })
})
