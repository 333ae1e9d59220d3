import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal } from './formatDecimal.ts'
import { parseDecimal } from './parseDecimal.ts'

const normalDouble = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((x) => x === 0 || Math.abs(x) >= 2.2250738585072014e-308)

describe('decimals on the wire (GR-1)', () => {
  it('reads what it prints, for every normal double', () => {
    fc.assert(
      fc.property(normalDouble, (x) => {
        const text = formatDecimal(x)
        expect(text.length).toBeLessThanOrEqual(64)
        expect(parseDecimal(text)).toBe(x === 0 ? 0 : x)
      }),
      { numRuns: 5000 },
    )
  })

  it('agrees with correctly rounded reading on texts of at most 20 significant digits', () => {
    const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${n}}$`))
    fc.assert(
      fc.property(digits(10), digits(10), fc.integer({ min: -250, max: 250 }), (whole, fraction, exponent) => {
        const text = `${whole}.${fraction}e${exponent}`
        expect(parseDecimal(text)).toBe(Number(text))
      }),
      { numRuns: 5000 },
    )
  })

  it('counts digits after the 20th significant one as 0', () => {
    expect(parseDecimal('0.123456789012345678901234567890')).toBe(Number('0.12345678901234567890'))
    expect(parseDecimal('100000000000000000000999')).toBe(1e23)
  })

  it('normalises zero and prints without exponent where that fits', () => {
    expect(Object.is(parseDecimal('-0.000'), 0)).toBe(true)
    expect(formatDecimal(-0)).toBe('0')
    expect(formatDecimal(1.5e-7)).toBe('0.00000015')
    expect(formatDecimal(1e21)).toBe('1000000000000000000000')
    expect(formatDecimal(1e-100)).toBe('1e-100')
    expect(formatDecimal(-1e300)).toBe('-1e300')
  })

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '5.',
    '1,5',
    '0x10',
    'NaN',
    'Infinity',
    '-inf',
    '1e',
    '1e99999',
    '1e-2147483648',
    '1e999999999',
    '1e400',
    '1e-310',
    '٣',
    '1_000',
    '9'.repeat(65),
    '9'.repeat(10_000),
  ])('refuses %j with a sentence', (text) => {
    const result = parseDecimal(text)
    expect(typeof result).toBe('object')
    expect((result as { fault: string }).fault).toMatch(/characters|decimal number|double can hold/)
  })
})
