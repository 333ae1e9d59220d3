const MAX_LENGTH = 64

/**
 * The shortest text that reads back as the same double, without exponent where that fits 64 characters. SPEC GR-1
 *
 * The value must be finite; −0 prints as 0.
 */
export function formatDecimal(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`a number on the wire is finite, got ${value}`)
  if (value === 0) return '0'
  const shortest = String(value)
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?e([+-][0-9]+)$/.exec(shortest)
  if (match === null) return shortest
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const plain = sign + placePoint(whole + fraction, whole.length + Number(exponent))
  return plain.length <= MAX_LENGTH ? plain : shortest.replace('e+', 'e')
}

/** Digits with the decimal point after the `position`-th one, padded with zeros as needed. */
function placePoint(digits: string, position: number): string {
  if (position <= 0) return `0.${'0'.repeat(-position)}${digits}`
  if (position >= digits.length) return digits + '0'.repeat(position - digits.length)
  return `${digits.slice(0, position)}.${digits.slice(position)}`
}
