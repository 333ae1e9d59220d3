import { decOf, mulDecInt, subDec, truncateDec } from '../../num/legacyDec.ts'
import { readShare } from '../../num/readShare.ts'
import { shareOf } from '../../num/shareOf.ts'
import type { SubsidyTerms } from './subsidyTerms.ts'

/**
 * The most that contributors may get of an epoch's pot in uallo: together with the validators' share beside it no more than
 * the fees that burn in the epoch × factor + allowance. SPEC PW-2
 */
export function limitReward(
  pot: bigint,
  burned: bigint,
  { factor, allowance, validatorsShare }: Pick<SubsidyTerms, 'factor' | 'allowance' | 'validatorsShare'>,
): bigint {
  const minted = shareOf(burned, factor) + allowance
  const ofContributors = truncateDec(mulDecInt(subDec(decOf(1n), readShare(validatorsShare)), minted))
  return ofContributors < pot ? ofContributors : pot
}
