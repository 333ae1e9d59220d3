import { describe, expect, it } from 'vitest'
import { computeWeightedPercentiles } from './computeWeightedPercentiles.ts'

describe('computeWeightedPercentiles', () => {
  it('interpolates between the middles of the weights', () => {
    const values = computeWeightedPercentiles([50, 10, 30, 20, 40], [0.5, 0.1, 0.3, 0.2, 0.4], [10, 25, 50, 75, 90])
    const expected = [16.666666666666668, 27, 38.57142857142857, 47.22222222222222, 50]
    for (const [i, value] of expected.entries()) expect(values?.[i]).toBeCloseTo(value, 12)
  })

  it('takes the only value at every level and leaves out weight 0', () => {
    expect(computeWeightedPercentiles([7, 900], [0.2, 0])).toEqual([7, 7, 7, 7, 7])
  })

  it('is null without weight and refuses nonsense', () => {
    expect(computeWeightedPercentiles([], [])).toBeNull()
    expect(() => computeWeightedPercentiles([1], [])).toThrow('one weight')
    expect(() => computeWeightedPercentiles([Number.NaN], [1])).toThrow('numbers')
    expect(() => computeWeightedPercentiles([1], [1], [101])).toThrow('0..100')
  })
})
