import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyLivenessPenalty } from '../scores/applyLivenessPenalty.ts'
import { computeInitialEmaScore } from '../scores/computeInitialEmaScore.ts'
import { meritRuleOf } from './meritRuleOf.ts'

const number = fc.double({ min: -1, max: 1, noNaN: true })
const terms = { initial: 0.1, quantile: 0.3, alpha: 0.1, memory: 100 }

describe('SPEC VT-6 merit where contribution is paid', () => {
  const rule = meritRuleOf('contribution', 'inferer')

  it('begins at the quantile of those present', () => {
    expect(rule.initial([-0.2, 0, 0.4], 0.1, 3)).toBe(0.1)
  })

  it('is no better for any rest: what is above newcomers falls toward them, what is below stays', () => {
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 1000 }), (merit, initial, missed) => {
        const rested = rule.rested(merit, { ...terms, initial }, missed)
        expect(rested).toBeLessThanOrEqual(merit)
        expect(rested).toBeGreaterThanOrEqual(Math.min(merit, initial))
      }),
    )
    expect(rule.rested(0.3, terms, 2)).toBeCloseTo(0.1 + 0.2 * 0.81, 12)
    expect(rule.rested(-0.3, terms, 500)).toBe(-0.3)
  })

  it('of the refused never passes that of newcomers, falls fast to it and is forgiven over K epochs', () => {
    expect(rule.refused(0.3, terms)).toBeCloseTo(0.28, 12)
    expect(rule.refused(-0.3, terms)).toBeCloseTo(-0.296, 12)
    fc.assert(
      fc.property(number, number, (merit, initial) => {
        const moved = rule.refused(merit, { ...terms, initial })
        expect(Math.sign(moved - initial) * Math.sign(merit - initial)).toBeGreaterThanOrEqual(0)
        expect(Math.abs(moved - initial)).toBeLessThanOrEqual(Math.abs(merit - initial))
      }),
    )
  })

  it.each([
    [0.1, 10],
    [0.3, 4],
    [0.001, 100],
    [0, 100],
  ])('with α = %d counts the first %d scores', (alpha, expected) => {
    expect(rule.firstScores({ alpha, memory: 100 })).toBe(expected)
  })
})

describe('merit of reputers, and where the reference pays', () => {
  const rules = [
    meritRuleOf('reference', 'inferer'),
    meritRuleOf('reference', 'forecaster'),
    meritRuleOf('contribution', 'reputer'),
  ]

  it('is the reference’s', () => {
    for (const rule of rules) {
      expect(rule.initial([0.1, 0.4, 0.9], 0.4, 2)).toBe(computeInitialEmaScore([0.1, 0.4, 0.9], 2))
      expect(rule.firstScores(terms)).toBe(0)
      expect(rule.rested(-0.5, terms, 3)).toBe(applyLivenessPenalty(-0.5, 0.1, 0.1, 3))
      expect(rule.refused(-0.5, terms)).toBeCloseTo(0.1 * 0.3 + 0.9 * -0.5, 12)
      expect(rule.needsOthers).toBe(true)
    }
  })
})
