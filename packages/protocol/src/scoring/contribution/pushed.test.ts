import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pushed } from './pushed.ts'

describe('pushed', () => {
  it('keeps the last so many of the list and what is added, and leaves the list as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 12 }),
        fc.integer(),
        fc.integer({ min: 1, max: 10 }),
        (list, added, most) => {
          const before = [...list]
          expect(pushed(list, added, most)).toEqual([...list, added].slice(-most))
          expect(list).toEqual(before)
        },
      ),
    )
  })
})
