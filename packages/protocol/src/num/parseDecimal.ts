const SHAPE = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?$/
const MAX_LENGTH = 64
const SIGNIFICANT_DIGITS = 20
const SMALLEST_NORMAL = 2.2250738585072014e-308

/** Why a text is no number on the wire, as the end of a sentence that starts with the field's name. */
export type DecimalFault = { readonly fault: string }

/**
 * Reads a number as it stands on the wire. SPEC GR-1
 *
 * Digits after the 20th significant one count as 0, so that the work is bounded and every engine rounds the same text.
 * −0 becomes 0; a nonzero value below the smallest normal double and a value above the largest are refused.
 *
 * @example
 * parseDecimal('1.50') // 1.5
 * parseDecimal('NaN')  // { fault: 'is not a decimal number like -12.5 or 3e-7, got "NaN"' }
 */
export function parseDecimal(text: string): number | DecimalFault {
  if (text.length > MAX_LENGTH) return { fault: `has ${text.length} characters, at most ${MAX_LENGTH} are allowed` }
  const match = SHAPE.exec(text)
  if (match === null) return { fault: `is not a decimal number like -12.5 or 3e-7, got "${text}"` }
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits === '') return 0
  const dropped = (whole + fraction).length - digits.length
  const scale = Number(exponent) + whole.length - dropped
  const kept = digits.slice(0, SIGNIFICANT_DIGITS)
  const value = Number(`${sign}0.${kept}e${scale}`)
  if (!Number.isFinite(value)) return { fault: `is larger than a double can hold, got "${text}"` }
  if (Math.abs(value) < SMALLEST_NORMAL) return { fault: `is closer to zero than a double can hold, got "${text}"` }
  return value
}
