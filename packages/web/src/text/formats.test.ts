import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatAge, formatSpan } from './formatAge.ts'
import { formatCoins, formatExactCoins } from './formatCoins.ts'
import { formatNumber, formatWhole } from './formatNumber.ts'

const ALLO = 10n ** 18n

it.each([
  [0n, '0 ALLO'],
  [ALLO, '1 ALLO'],
  [1_500_000_000_000_000_000n, '1.5 ALLO'],
  [2_907_131_508_888_999_999_999_999n, '2\u202f907\u202f131.508888 ALLO'],
  [999_999_999_999n, '999\u202f999\u202f999\u202f999 uallo'],
  [10n ** 12n, '0.000001 ALLO'],
  [-ALLO, '−1 ALLO'],
])('%s uallo are %s', (uallo, text) => {
  expect(formatCoins(uallo)).toBe(text)
})

it('never shows more coins than there are, nor less by a millionth', () => {
  fc.assert(
    fc.property(fc.bigInt(10n ** 12n, 10n ** 30n), (uallo) => {
      const [whole = '', decimals = ''] = formatCoins(uallo)
        .replace(/ ALLO| |\u202f/g, '')
        .split('.')
      const shown = BigInt(whole) * ALLO + BigInt(decimals.padEnd(18, '0'))
      return shown <= uallo && uallo - shown < 10n ** 12n
    }),
  )
})

it('numbers have six significant digits, thousands are apart', () => {
  expect([formatNumber(0.123456789), formatNumber(12), formatNumber(undefined), formatNumber(Number.NaN)]).toEqual([
    '0.123457',
    '12',
    '–',
    '–',
  ])
  expect([formatWhole(999), formatWhole(1234567n)]).toEqual(['999', '1\u202f234\u202f567'])
})

it('ages are in the largest unit; what lies ahead is named', () => {
  expect([0, 119_000, 120_000, 7_200_000, 172_800_000].map(formatSpan)).toEqual([
    '0 s',
    '119 s',
    '2 min',
    '2 h',
    '2 days',
  ])
  expect(formatAge(10_000, 10_400)).toBe('just now')
  expect(formatAge(10_500, 10_000)).toBe('just now')
  expect(formatAge(10_000, 15_000)).toBe('5 s ago')
  expect(formatAge(70_000, 10_000)).toBe('60 s ahead of this clock')
})

it('coins to the last uallo are said once where both are the same', () => {
  expect(formatExactCoins(200n)).toBe('200 uallo')
  expect(formatExactCoins(ALLO + 1n)).toBe(`1 ALLO (${formatWhole(ALLO + 1n)} uallo)`)
})
