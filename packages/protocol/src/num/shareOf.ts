import { mulDecInt, truncateDec } from './legacyDec.ts'
import { readShare } from './readShare.ts'

/** A share, a decimal text from 0 to 1, of an amount. ROUNDING: truncated. */
export function shareOf(amount: bigint, share: string): bigint {
  return truncateDec(mulDecInt(readShare(share), amount))
}
