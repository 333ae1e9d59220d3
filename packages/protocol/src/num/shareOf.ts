import { decOf, minDec, mulDecInt, parseLegacyDec, truncateDec } from './legacyDec.ts'

/**
 * A share, a decimal text from 0 to 1 that was checked, of an amount in uallo. ROUNDING: truncated; digits of the share
 * after the 18th are dropped.
 */
export function shareOf(amount: bigint, share: string): bigint {
  const parsed = parseLegacyDec(share)
  if (typeof parsed !== 'bigint') throw new Error(`the share "${share}" was stored unchecked: it ${parsed.fault}`)
  return truncateDec(mulDecInt(minDec(parsed, decOf(1n)), amount))
}
