import { decOf, decOfScaled, type LegacyDec } from '@starling/protocol/num/legacyDec'
import type { StateReader } from '../../app/context.ts'
import { QueryError } from '../../app/queryError.ts'
import { calculateSupply } from './calculateEmission.ts'
import type { MintTerms } from './mintTerms.ts'
import { getPreviousBlockEmission, getStartHeight } from './view.ts'

const MONTHS = 12n
const PER_CENT = 100n

/**
 * Per cent by which a year of the present block emission raises the circulating supply.
 *
 * block emission · blocks per month · 12 / circulating · 100. ROUNDING: the quotient is cut at its 18th digit.
 */
export function inflation(state: StateReader, terms: MintTerms, height: bigint): LegacyDec {
  const { circulatingSupply } = calculateSupply(state, terms, height - getStartHeight(state))
  if (circulatingSupply <= 0n) {
    const reason = `the circulating supply is ${circulatingSupply}uallo, inflation needs one above 0`
    throw new QueryError('FAILED_PRECONDITION', reason)
  }
  const year = getPreviousBlockEmission(state) * terms.blocksPerMonth * MONTHS
  return decOfScaled((decOf(year) / circulatingSupply) * PER_CENT)
}
