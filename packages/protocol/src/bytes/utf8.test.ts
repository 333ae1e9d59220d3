import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromUtf8, toUtf8 } from './utf8.ts'

it('encodes as the platform does, short and long, with any characters', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }))
  fc.assert(
    fc.property(text, (written) => {
      expect(toUtf8(written)).toEqual(new TextEncoder().encode(written))
      expect(fromUtf8(toUtf8(written))).toBe(written)
    }),
  )
  expect(toUtf8('\ud800')).toEqual(new TextEncoder().encode('\ud800'))
})
