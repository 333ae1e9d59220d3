import { decOf, subDec } from '../../num/legacyDec.ts'
import { readShare } from '../../num/readShare.ts'

/**
 * Validators' part beside an amount of contributors, both in uallo, where v is their share of the two together: amount ×
 * v / (1 − v). ROUNDING: truncated, so that the two never exceed what they are parts of. SPEC PW-2
 */
export function validatorsBeside(amount: bigint, validatorsShare: string): bigint {
  const share = readShare(validatorsShare)
  const rest = subDec(decOf(1n), share)
  // Where all is the validators' there is no contributors' part to stand beside.
  return rest === 0n ? 0n : (amount * share) / rest
}
