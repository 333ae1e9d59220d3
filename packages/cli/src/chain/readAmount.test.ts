import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CliError } from '../cliError.ts'
import { readAmount } from './readAmount.ts'

describe('readAmount', () => {
  it.each([
    ['5', 5n * 10n ** 18n],
    ['0.5', 5n * 10n ** 17n],
    ['1.5 ALLO', 15n * 10n ** 17n],
    ['000012', 12n * 10n ** 18n],
    ['0.000000000000000001', 1n],
    ['1000uallo', 1000n],
    ['7 UALLO', 7n],
  ])('reads %s', (text, amount) => {
    expect(readAmount(text)).toBe(amount)
  })

  it('reads back every amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), (amount) => {
        const digits = amount.toString().padStart(19, '0')
        expect(readAmount(`${digits.slice(0, -18)}.${digits.slice(-18)}`)).toBe(amount)
        expect(readAmount(`${amount}uallo`)).toBe(amount)
      }),
    )
  })

  it.each([
    ['-5', 'an amount above 0'],
    ['', 'an amount above 0'],
    ['0', 'must be above 0'],
    ['0.0', 'must be above 0'],
    ['0uallo', 'must be above 0'],
    ['100.5uallo', 'must be whole'],
    ['0.1234567890123456789', 'at most 18 decimals'],
    ['1e5', 'an amount above 0'],
    ['NaN', 'an amount above 0'],
    ['Infinity', 'an amount above 0'],
    ['0x10', 'an amount above 0'],
    ['1,5', 'an amount above 0'],
    ['5 btc', 'an amount above 0'],
    ['9'.repeat(78), 'at most 2^256'],
    ['9'.repeat(10_000), 'an amount above 0'],
  ])('FL-07 refuses %.30s before anything is signed', (text, sentence) => {
    expect(() => readAmount(text)).toThrow(CliError)
    expect(() => readAmount(text)).toThrow(sentence)
  })
})
