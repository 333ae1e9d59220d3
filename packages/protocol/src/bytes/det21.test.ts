import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toHex } from './hex.ts'
import { pathKey, pathPrefix } from './pathKey.ts'

it('DET-21 two different paths never share a key, and a prefix covers only what is below its path', () => {
  const part = fc.oneof(fc.constantFrom('a', 'b', 'ab', 'allo1x'), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
  const path = fc.array(part, { minLength: 1, maxLength: 4 })
  const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.length === b.length && a.every((one, i) => one === b[i])
  fc.assert(
    fc.property(path, path, (a, b) => {
      expect(toHex(pathKey(...a)) === toHex(pathKey(...b))).toBe(isSame(a, b))
      const isBelow = b.length > a.length && isSame(a, b.slice(0, a.length))
      expect(toHex(pathKey(...b)).startsWith(toHex(pathPrefix(...a)))).toBe(isBelow)
    }),
    { numRuns: 2000 },
  )
})
