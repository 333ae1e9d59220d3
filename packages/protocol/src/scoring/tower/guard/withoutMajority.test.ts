import { describe, expect, it } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { withoutMajority } from './withoutMajority.ts'

const cell = (awake: readonly boolean[]): Cell => ({
  x: awake.map((_, j) => j),
  awake,
  count: awake.filter(Boolean).length,
  key: '',
  scale: 1,
  tau: 0.5,
})

describe('VT-10 nobody alone decides where the anchor is', () => {
  it('holds whoever has more trust than all others together to just less than they have', () => {
    const [first, ...others] = withoutMajority([1, 0.05, 0.2], cell([true, true, true]))
    expect(others).toEqual([0.05, 0.2])
    expect(first).toBeLessThan(0.25)
    expect(first).toBeCloseTo(0.25, 5)
  })

  it('counts those awake only', () => {
    const trust = [1, 0.1, 5, 0.2, 0.3]
    expect(withoutMajority(trust, cell([true, true, false, true, true]))[0]).toBeCloseTo(0.6, 5)
    expect(withoutMajority(trust, cell([true, true, false, true, true]))[2]).toBe(5)
  })

  it('leaves the trust as it is where nobody has a majority, and among two', () => {
    for (const [trust, awake] of [
      [
        [1, 0.6, 0.5],
        [true, true, true],
      ],
      [
        [1, 0.1],
        [true, true],
      ],
      [
        [1, 0.1, 9],
        [true, true, false],
      ],
    ] as const) {
      expect(withoutMajority(trust, cell(awake))).toBe(trust)
    }
  })
})
