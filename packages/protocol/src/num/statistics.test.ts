import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ema } from './ema.ts'
import { median } from './median.ts'
import { medianAbsoluteDeviation } from './medianAbsoluteDeviation.ts'
import { quantile } from './quantile.ts'
import { sampleStandardDeviation } from './sampleStandardDeviation.ts'
import { selectRank } from './selectRank.ts'
import { sum } from './sum.ts'
import { tabulate } from './tabulate.ts'

const oneToTen = [3, 1, 2, 4, 5, 10, 9, 8, 7, 6]
const list = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })

describe('statistics (math 12.5)', () => {
  it('gives the published quartiles of 1…10', () => {
    expect([0.25, 0.5, 0.75].map((q) => quantile(oneToTen, q))).toEqual([3.25, 5.5, 7.75])
  })

  it('reads nothing as 0', () => {
    expect([quantile([], 0.3), median([]), medianAbsoluteDeviation([]), sum([])]).toEqual([0, 0, 0, 0])
    expect([sampleStandardDeviation([]), sampleStandardDeviation([7])]).toEqual([0, 0])
  })

  it('median is the middle, for odd and even counts', () => {
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(medianAbsoluteDeviation([0, 0, 0, 100])).toBe(0)
    expect(medianAbsoluteDeviation([1, 2, 4])).toBe(1)
  })

  it('selection finds each rank of the sorted list and parts the others around it', () => {
    fc.assert(
      fc.property(list, fc.nat(19), (values, rank) => {
        const k = Math.min(rank, values.length - 1)
        const scratch = values.slice()
        const found = selectRank(scratch, k)
        expect(found).toBe(values.toSorted((a, b) => a - b)[k])
        expect(scratch.toSorted((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b))
        expect(scratch.slice(0, k).every((value) => value <= found)).toBe(true)
        expect(scratch.slice(k).every((value) => value >= found)).toBe(true)
      }),
    )
    expect(selectRank([], 0)).toBe(0)
  })

  it('tabulates a function', () => {
    expect(tabulate(3, (i) => i * i)).toEqual([0, 1, 4])
    expect(tabulate(0, () => 1)).toEqual([])
  })

  it('standard deviation divides by n − 1', () => {
    expect(sampleStandardDeviation([0.1, 0.2, 0.3, 0.4, 0.5])).toBeCloseTo(0.15811388300841897, 15)
  })

  it('quantiles lie in the range, grow with q and equal the median at one half', () => {
    fc.assert(
      fc.property(list, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const slack = 1e-9
        const at = quantile(values, q)
        expect(at).toBeGreaterThanOrEqual(Math.min(...values) - slack)
        expect(at).toBeLessThanOrEqual(Math.max(...values) + slack)
        expect(quantile(values, 1)).toBeGreaterThanOrEqual(at - slack)
        expect(quantile(values, 0.5)).toBeCloseTo(median(values), 6)
      }),
    )
  })

  it('moving average starts at its first value and keeps a constant', () => {
    expect(ema(0.1, 5, null)).toBe(5)
    expect(ema(0.3, 0.7, 0.7)).toBe(0.7)
    expect(ema(0.1, 10, 20)).toBe(19)
  })
})
