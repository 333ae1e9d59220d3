const SHAPE = /^(0|[1-9][0-9]{0,77})$/
/** Largest amount of coins: 2^256 − 1, as the Cosmos SDK's Int holds. */
const LARGEST = (1n << 256n) - 1n

/** Reads a whole number of the smallest coin: digits only, no sign, no leading zero, at most 2^256 − 1. */
export function parseAmount(text: string): bigint | { readonly fault: string } {
  if (!SHAPE.test(text)) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
    return { fault: `is not a whole non-negative number of uallo, got "${shown}"` }
  }
  const amount = BigInt(text)
  if (amount > LARGEST) return { fault: 'is larger than 2^256 − 1' }
  return amount
}
