import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDec,
  decOf,
  decOfScaled,
  formatLegacyDec,
  type LegacyDec,
  minDec,
  mulDec,
  mulDecInt,
  parseLegacyDec,
  quoDec,
  subDec,
  truncateDec,
} from './legacyDec.ts'

type Case = {
  readonly name: string
  readonly input: { readonly a: string; readonly b: string }
  readonly expected: { readonly product: string; readonly quotient?: string }
}
const file = new URL('../../../../vectors/mint/legacyDec.json', import.meta.url)
const { source, cases }: { source: string; cases: Case[] } = JSON.parse(readFileSync(file, 'utf8'))

function dec(text: string): LegacyDec {
  const value = parseLegacyDec(text)
  if (typeof value === 'bigint') return value
  throw new Error(value.fault)
}

const anyDec = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(decOfScaled)

describe(`${source} fixed decimals`, () => {
  it.each(cases)('$name', ({ input: { a, b }, expected }) => {
    expect(formatLegacyDec(mulDec(dec(a), dec(b)))).toBe(formatLegacyDec(dec(expected.product)))
    if (expected.quotient === undefined) return
    expect(formatLegacyDec(quoDec(dec(a), dec(b)))).toBe(formatLegacyDec(dec(expected.quotient)))
  })

  it.each([
    ['0.000000000000000001', '0.5', '0.000000000000000000'],
    ['0.000000000000000003', '0.5', '0.000000000000000002'],
    ['0.000000000000000005', '0.5', '0.000000000000000002'],
    ['-0.000000000000000003', '0.5', '-0.000000000000000002'],
  ])('rounds %s · %s half to even', (a, b, product) => {
    expect(formatLegacyDec(mulDec(dec(a), dec(b)))).toBe(product)
  })

  it('cuts a quotient at its 36th digit before it rounds, as the SDK does', () => {
    // 10^-18/(2 − 10^-18) is 5·10^-19 + 2.5·10^-37: the last part is cut off, what is left is a tie.
    expect(quoDec(decOfScaled(1n), decOfScaled(2n * 10n ** 18n - 1n))).toBe(0n)
    expect(quoDec(decOfScaled(1n), decOfScaled(2n * 10n ** 18n - 10n))).toBe(1n)
  })

  it('agrees with itself for either sign', () => {
    fc.assert(
      fc.property(anyDec, anyDec, (a, b) => {
        const minus = (x: LegacyDec): LegacyDec => subDec(decOf(0n), x)
        expect(mulDec(minus(a), b)).toBe(minus(mulDec(a, b)))
        expect(mulDec(a, decOf(1n))).toBe(a)
        expect(subDec(addDec(a, b), b)).toBe(a)
        expect([a, b]).toContain(minDec(a, b))
        if (b !== 0n) expect(quoDec(minus(a), b)).toBe(minus(quoDec(a, b)))
      }),
    )
  })

  it('is off by at most half of the last digit', () => {
    fc.assert(
      fc.property(anyDec, anyDec, (a, b) => {
        const error = mulDec(a, b) * 10n ** 18n - a * b
        expect(error <= 5n * 10n ** 17n && error >= -5n * 10n ** 17n).toBe(true)
      }),
    )
  })

  it('multiplies whole numbers exactly and cuts towards zero', () => {
    expect(mulDecInt(dec('0.25'), 7771369660570293973n)).toBe(dec('1942842415142573493.25'))
    expect(truncateDec(dec('1942842415142573493.25'))).toBe(1942842415142573493n)
    expect(truncateDec(dec('-1.9'))).toBe(-1n)
  })
})

describe('the text of a fixed decimal', () => {
  it('reads back', () => {
    fc.assert(fc.property(anyDec, (value) => dec(formatLegacyDec(value)) === value))
  })

  it.each([
    ['0.035', '0.035000000000000000'],
    ['1e-7', '0.000000100000000000'],
    ['2.5E-1', '0.250000000000000000'],
    ['1.5e3', '1500.000000000000000000'],
    ['0.0000000000000000019', '0.000000000000000001'],
    ['-0', '0.000000000000000000'],
    ['1e-9999', '0.000000000000000000'],
  ])('%s is %s', (text, printed) => expect(formatLegacyDec(dec(text))).toBe(printed))

  it.each(['', '.5', '1.', 'NaN', 'Infinity', '+1', ' 1', '1e', '0x1', '1e9999', '9'.repeat(120), '1'.repeat(129)])(
    'refuses %j',
    (text) => expect(parseLegacyDec(text)).toHaveProperty('fault'),
  )
})
