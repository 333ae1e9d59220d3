import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatCoins } from './formatCoins.ts'
import { parseAllo } from './parseAllo.ts'

it.each([
  ['1', 10n ** 18n],
  [' 0.000000000000000001 ', 1n],
  ['1.5', 15n * 10n ** 17n],
  ['0', 0n],
])('%s ALLO are %s uallo', (text, uallo) => {
  expect(parseAllo(text)).toBe(uallo)
})

it.each(['', '-1', '1,5', '1.', '.5', '1e3', '1.0000000000000000001', 'x'])('"%s" is no amount', (text) => {
  expect(parseAllo(text)).toBeUndefined()
})

it('reads what is written with six decimals', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), (millionths) => {
      const uallo = millionths * 10n ** 12n
      expect(parseAllo(formatCoins(uallo).replace(/ ALLO|\u202f/g, ''))).toBe(uallo)
    }),
  )
})
