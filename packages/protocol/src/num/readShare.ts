import { decOf, type LegacyDec, minDec, parseLegacyDec } from './legacyDec.ts'

/** A share, a decimal text from 0 to 1 that was checked when it was stored; digits after the 18th are dropped. */
export function readShare(text: string): LegacyDec {
  const share = parseLegacyDec(text)
  if (typeof share === 'bigint') return minDec(share, decOf(1n))
  throw new Error(`the share "${text}" was stored unchecked: it ${share.fault}`)
}
