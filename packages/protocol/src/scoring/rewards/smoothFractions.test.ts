import { describe, expect, it } from 'vitest'
import { smoothFractions } from './smoothFractions.ts'

describe('SPEC math 11.3 smoothed fractions', () => {
  it('take the first fraction as it is and move later ones by α', () => {
    const { stored, normalised, effectiveNumber } = smoothFractions([0.25, 0.75], [null, 0.25], 0.5)
    expect(stored).toEqual([0.25, 0.5])
    expect(normalised[0]).toBeCloseTo(1 / 3, 15)
    expect(normalised[1]).toBeCloseTo(2 / 3, 15)
    expect(effectiveNumber).toBeCloseTo(9 / 5, 14)
  })

  it('count N equal actors as N', () => {
    expect(smoothFractions([0.25, 0.25, 0.25, 0.25], [], 0.1).effectiveNumber).toBe(4)
  })

  it('of nobody, or of nothing, are 0 and never NaN', () => {
    expect(smoothFractions([], [], 0.1)).toEqual({ stored: [], normalised: [], effectiveNumber: 0 })
    expect(smoothFractions([0, 0], [0, null], 0.1)).toEqual({ stored: [0, 0], normalised: [0, 0], effectiveNumber: 0 })
  })
})
