import { expect, it } from 'vitest'
import { parseAmount } from './parseAmount.ts'

it('reads whole numbers of the smallest coin', () => {
  expect(parseAmount('0')).toBe(0n)
  expect(parseAmount('1000000000000000000000000000')).toBe(10n ** 27n)
  expect(parseAmount(((1n << 256n) - 1n).toString())).toBe((1n << 256n) - 1n)
})

it.each(['', '-5', '+5', '100.5', '01', '1e3', 'NaN', ' 1', (1n << 256n).toString(), '9'.repeat(10_000)])(
  'FL-07 refuses the amount %j',
  (text) => {
    expect(parseAmount(text)).toHaveProperty('fault')
  },
)
