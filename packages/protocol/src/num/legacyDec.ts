/**
 * A decimal with 18 fixed fractional digits, held as a whole number of 10^-18. SPEC lifecycle 0.4
 *
 * The brand stops whole numbers from being mixed with scaled ones.
 */
export type LegacyDec = bigint & { readonly __brand: 'LegacyDec' }

const DIGITS = 18
const ONE = 10n ** 18n
/** Largest scaled value that the Cosmos SDK's type holds. */
const LARGEST = (1n << 315n) - 1n
const SHAPE = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?$/
const MAX_LENGTH = 128

/** The decimal of a whole number of 10^-18, as it stands on the wire. */
export function decOfScaled(scaled: bigint): LegacyDec {
  return scaled as LegacyDec
}

/** The decimal of a whole number. */
export function decOf(whole: bigint): LegacyDec {
  return decOfScaled(whole * ONE)
}

/**
 * Reads a decimal text; fractional digits after the 18th are dropped.
 *
 * @example
 * parseLegacyDec('0.025') // 25000000000000000n
 * parseLegacyDec('NaN')   // { fault: 'is not a decimal number like 0.025, got "NaN"' }
 */
export function parseLegacyDec(text: string): LegacyDec | { readonly fault: string } {
  if (text.length > MAX_LENGTH) return { fault: `has ${text.length} characters, at most ${MAX_LENGTH} are allowed` }
  const match = SHAPE.exec(text)
  if (match === null) return { fault: `is not a decimal number like 0.025, got "${text}"` }
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent) - fraction.length + DIGITS
  const power = 10n ** BigInt(Math.abs(shift))
  const digits = BigInt(whole + fraction)
  const scaled = shift < 0 ? digits / power : digits * power
  if (scaled > LARGEST) return { fault: `is larger than a fixed decimal can hold, got "${text}"` }
  return decOfScaled(sign === '' ? scaled : -scaled)
}

/** Plain decimal text with all 18 fractional digits, as the reference prints it in JSON. SPEC wire 2 */
export function formatLegacyDec(value: LegacyDec): string {
  const digits = absolute(value)
    .toString()
    .padStart(DIGITS + 1, '0')
  const point = digits.length - DIGITS
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** a + b, exact. */
export function addDec(a: LegacyDec, b: LegacyDec): LegacyDec {
  return decOfScaled(a + b)
}

/** a − b, exact. */
export function subDec(a: LegacyDec, b: LegacyDec): LegacyDec {
  return decOfScaled(a - b)
}

/** a·b. ROUNDING: half to even at the 18th digit, as the Cosmos SDK's Mul. */
export function mulDec(a: LegacyDec, b: LegacyDec): LegacyDec {
  return decOfScaled(roundHalfEven(a * b))
}

/** a·n for a whole number n, exact. */
export function mulDecInt(a: LegacyDec, whole: bigint): LegacyDec {
  return decOfScaled(a * whole)
}

/**
 * a/b; b must not be 0.
 *
 * ROUNDING: the quotient is cut at its 36th digit and then rounded half to even at its 18th, as the Cosmos SDK's Quo.
 */
export function quoDec(a: LegacyDec, b: LegacyDec): LegacyDec {
  return decOfScaled(roundHalfEven((a * ONE * ONE) / b))
}

/** The smaller of two. */
export function minDec(a: LegacyDec, b: LegacyDec): LegacyDec {
  if (a < b) return a
  return b
}

/** The whole part. ROUNDING: towards zero, as the Cosmos SDK's TruncateInt. */
export function truncateDec(value: LegacyDec): bigint {
  return value / ONE
}

/** value/10^18, half to even, for values of either sign. */
function roundHalfEven(value: bigint): bigint {
  const size = absolute(value)
  const floor = size / ONE
  const twice = (size % ONE) * 2n
  const up = twice > ONE || (twice === ONE && floor % 2n === 1n)
  const rounded = up ? floor + 1n : floor
  return value < 0n ? -rounded : rounded
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}
