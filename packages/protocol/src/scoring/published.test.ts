import { describe, expect, it } from 'vitest'
import { sampleStandardDeviation } from '../num/sampleStandardDeviation.ts'
import { computeInitialRegret } from './regrets/computeInitialRegret.ts'
import { computeClassSplit } from './rewards/computeClassSplit.ts'
import { computeEntropy } from './rewards/computeEntropy.ts'
import { computeWorkerFractions } from './rewards/computeWorkerFractions.ts'
import { computeInitialEmaScore } from './scores/computeInitialEmaScore.ts'
import type { ScoringParams } from './types.ts'

// Check values that the specification quotes: math 8.3 and 9.5, lifecycle 4.12 (b).
describe('published check values', () => {
  it('initial regret of six experienced workers', () => {
    const regrets = [
      0.6445506208021189, 1.0216386898413485, 0.6092049398135028, 0.6971588004566455, 0.9030751421888253,
      0.8219035038858344,
    ]
    const params = {
      pNorm: 3,
      cNorm: 0.75,
      epsilon: 0.0001,
      pNormSafeDiv: 8.25,
      initialRegretQuantile: 0.25,
      minExperiencedWorkerRegrets: 6,
    } as ScoringParams
    expect(computeInitialRegret(regrets, regrets, params)).toBeCloseTo(0.3354820760526412, 14)
  })

  it('fewer experienced workers than asked for: the plain quantile of all', () => {
    const params = { initialRegretQuantile: 0.25, minExperiencedWorkerRegrets: 10 } as ScoringParams
    expect(computeInitialRegret([9], [1, 2, 3, 4, 5], params)).toBe(2)
  })

  it('initial EMA score', () => {
    expect(computeInitialEmaScore([0.1, 0.2, 0.3, 0.4, 0.5], 2)).toBeCloseTo(-0.21622776601683794, 15)
    expect(computeInitialEmaScore([], 2)).toBe(0)
    expect(computeInitialEmaScore([4], 2)).toBe(4)
  })

  it('reward fractions, entropies and class split of the synthetic epoch', () => {
    const scores = [0.5, 0.2, -0.1]
    const fractions = computeWorkerFractions(scores, scores, { p: 3, c: 0.75, epsilon: 0.01 })
    expect(sampleStandardDeviation(scores)).toBeCloseTo(0.3, 15)
    const expected = [0.819163140021646, 0.168750341502924, 0.012086518475428]
    for (const [i, fraction] of fractions.entries()) expect(fraction).toBeCloseTo(expected[i] ?? Number.NaN, 13)

    const F = computeEntropy(fractions, 0.25)
    const G = computeEntropy([0.6, 0.4], 0.25)
    const H = computeEntropy([0.7, 0.3], 0.25)
    expect(F).toBeCloseTo(0.429554245426153, 13)
    expect(G).toBeCloseTo(0.66644491432591, 13)
    expect(H).toBeCloseTo(0.588613541407012, 13)
  })

  it('equal scores earn equal fractions', () => {
    expect(computeWorkerFractions([2, 2], [2, 2], { p: 3, c: 0.75, epsilon: 0.01 })).toEqual([0.5, 0.5])
  })

  it('class split of the synthetic epoch, shares of one million', () => {
    const entropies = { inferers: 0.429554245426153, forecasters: 0.66644491432591, reputers: 0.588613541407012 }
    const split = computeClassSplit({
      entropies,
      taskScore: 0.12,
      infererScores: [0.5, 0.2, -0.1],
      previousRatio: 0,
      alpha: 0.1,
    })
    expect(split.ratio).toBeCloseTo(0.024, 15)
    expect(split.inferers * 1e6).toBeCloseTo(546271.17741439, 7)
    expect(split.forecasters * 1e6).toBeCloseTo(104322.96745817, 7)
    expect(split.reputers * 1e6).toBeCloseTo(349405.85512742, 7)
  })
})
