import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareBytes, equalBytes } from './compareBytes.ts'

it('finds one changed byte anywhere, in short and long arrays, wherever they begin', () => {
  const cases = fc.record({
    bytes: fc.uint8Array({ minLength: 1, maxLength: 600 }),
    skipped: fc.nat(7),
    at: fc.nat(),
    by: fc.integer({ min: 1, max: 255 }),
  })
  fc.assert(
    fc.property(cases, ({ bytes, skipped, at, by }) => {
      const copy = new Uint8Array([...new Uint8Array(skipped), ...bytes]).subarray(skipped)
      expect(equalBytes(bytes, copy)).toBe(true)
      expect(compareBytes(bytes, copy)).toBe(0)
      const place = at % bytes.length
      copy[place] = (copy[place] ?? 0) ^ by
      expect(equalBytes(bytes, copy)).toBe(false)
      expect(compareBytes(bytes, copy)).toBe(Math.sign(Buffer.compare(bytes, copy)))
      expect(equalBytes(bytes, bytes.subarray(1))).toBe(false)
    }),
  )
})
