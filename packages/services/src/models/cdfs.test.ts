import { describe, expect, it } from 'vitest'
import { normalCdf } from './normalCdf.ts'
import { studentCdf } from './studentCdf.ts'

describe('normalCdf', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [3, 0.9986501019683699],
    [-6, 9.865876450376946e-10],
  ])('of %d is %d', (x, p) => {
    expect(normalCdf(x)).toBeCloseTo(p, 13)
  })

  it('ends at 0 and 1', () => {
    expect([normalCdf(-50), normalCdf(50)]).toEqual([0, 1])
  })
})

describe('studentCdf', () => {
  it('matches tables of 4 degrees of freedom', () => {
    expect(studentCdf(2.1318467863266499 / Math.SQRT2)).toBeCloseTo(0.95, 12)
    expect(studentCdf(-2.7764451051977987 / Math.SQRT2)).toBeCloseTo(0.025, 12)
    expect(studentCdf(0)).toBe(0.5)
  })
})
