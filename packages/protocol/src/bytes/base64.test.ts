import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'

it('API-04 a text is the one spelling of its bytes, or undefined, and never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'AQgwBZz19+/='), { maxLength: 12 }), (characters) => {
      const text = characters.join('')
      const bytes = fromBase64(text)
      if (bytes !== undefined) expect(toBase64(bytes)).toBe(text)
    }),
    { numRuns: 5000 },
  )
  for (const text of ['1e9=', 'AB==', 'A', 'AAA', 'A===', '====', 'AA=A', '\u0661AAA'])
    expect(fromBase64(text)).toBeUndefined()
})
