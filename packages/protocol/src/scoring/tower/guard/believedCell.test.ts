import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { believedCell } from './believedCell.ts'

const cell = (x: readonly number[], awake = x.map(() => true)): Cell => ({
  x: x.map((one, j) => (awake[j] ? one : 0)),
  awake,
  count: awake.filter(Boolean).length,
  key: '',
  scale: 1,
  tau: 0.5,
})

describe('VT-10 who says something absurd sleeps', () => {
  it('leaves a cell within the bounds as it is', () => {
    const near = cell([1, 2, 3])
    expect(believedCell(near, { anchor: 2, bound: 1 })).toBe(near)
  })

  it('holds to the bounds who is outside, and sends to sleep who is beyond 15 of them', () => {
    const { x, awake, count } = believedCell(cell([2, 17, -13, 17.1, -1e9, 5]), { anchor: 2, bound: 1 })
    expect(x).toEqual([2, 3, 1, 0, 0, 3])
    expect(awake).toEqual([true, true, true, false, false, true])
    expect(count).toBe(4)
  })

  it('wakes nobody, counts who is awake, and keeps who stands on the anchor', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const member = fc.tuple(value, fc.boolean())
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 9 }),
        value,
        fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
        (said, anchor, bound) => {
          const asked = cell([anchor, ...said.map(([x]) => x)], [true, ...said.map(([, is]) => is)])
          const { x, awake, count } = believedCell(asked, { anchor, bound })
          expect(awake[0]).toBe(true)
          expect(count).toBe(awake.filter(Boolean).length)
          for (const [j, is] of awake.entries()) {
            if (is) expect(asked.awake[j]).toBe(true)
            else expect(x[j]).toBe(0)
          }
        },
      ),
    )
  })
})
