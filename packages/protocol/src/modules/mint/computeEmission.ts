import {
  addDec,
  decOf,
  type LegacyDec,
  minDec,
  mulDec,
  mulDecInt,
  quoDec,
  subDec,
  truncateDec,
} from '../../num/legacyDec.ts'
import { computeSupply, type Supply, type SupplyInput } from './computeSupply.ts'

/** What an emission is calculated from; amounts in uallo. */
export type EmissionInput = SupplyInput & {
  readonly stakedTokens: bigint
  /** Validators' share of the emission, v. */
  readonly validatorsShare: LegacyDec
  /** Share of last month's rewards that went to staked reputers. */
  readonly reputersShare: LegacyDec
  readonly previousEmissionPerUnitStaked: LegacyDec
}

/** An emission with every figure on the way to it; amounts in uallo, rates per staked token and month. */
export type Emission = Supply & {
  /** e_target: the rate before the cap. */
  readonly targetRate: LegacyDec
  /** e_max: the cap. */
  readonly maximumRate: LegacyDec
  /** e_hat: the rate under the cap. */
  readonly cappedRate: LegacyDec
  /** e_prev: the rate that the new one is smoothed with. */
  readonly previousRate: LegacyDec
  readonly emissionPerUnitStaked: LegacyDec
  readonly emissionPerMonth: bigint
  readonly blockEmission: bigint
  readonly validatorCut: bigint
  readonly alloraRewardsCut: bigint
}

/** Why there is no emission: a quotient without value, or more coins locked than may ever exist. */
export type EmissionFault =
  | { readonly fault: 'ZERO_DENOMINATOR'; readonly what: string }
  | { readonly fault: 'NEGATIVE_CIRCULATING_SUPPLY'; readonly supply: bigint }

const ONE = decOf(1n)

/**
 * The monthly calculation of the emission. SPEC lifecycle 6.4
 *
 * e_target = f_emission · (ecosystem locked / staked) · (circulating / max supply)
 * e_max    = maximum yield / (v + (1 − v) · reputers' share)
 * e_hat    = min(e_target, e_max)
 * e        = a·e_hat + (1 − a)·e_prev; in the first month e_prev is e_hat
 * month    = ⌊e · staked⌋,  block = ⌊month / blocks per month⌋
 */
export function computeEmission(input: EmissionInput): Emission | EmissionFault {
  const { params, stakedTokens, blocksPerMonth, validatorsShare } = input
  const supply = computeSupply(input)
  const { ecosystemLocked, circulatingSupply } = supply
  if (circulatingSupply < 0n) return { fault: 'NEGATIVE_CIRCULATING_SUPPLY', supply: circulatingSupply }
  if (stakedTokens === 0n) return { fault: 'ZERO_DENOMINATOR', what: 'the sum of all stakes' }
  const stakersShare = addDec(validatorsShare, mulDec(subDec(ONE, validatorsShare), input.reputersShare))
  if (stakersShare === 0n) return { fault: 'ZERO_DENOMINATOR', what: 'the share of validators and reputers' }

  const lockedPerStaked = quoDec(decOf(ecosystemLocked), decOf(stakedTokens))
  const circulatingShare = quoDec(decOf(circulatingSupply), decOf(params.maxSupply))
  const targetRate = mulDec(mulDec(params.fEmission, lockedPerStaked), circulatingShare)
  const maximumRate = quoDec(params.maximumMonthlyPercentageYield, stakersShare)
  const cappedRate = minDec(targetRate, maximumRate)
  const isFirstMonth = input.blocksSinceStart < blocksPerMonth
  const previousRate = isFirstMonth ? cappedRate : input.previousEmissionPerUnitStaked
  const emissionPerUnitStaked = smooth(params.oneMonthSmoothingDegree, cappedRate, previousRate)
  const emissionPerMonth = truncateDec(mulDecInt(emissionPerUnitStaked, stakedTokens))
  const blockEmission = emissionPerMonth / blocksPerMonth
  return {
    ...supply,
    targetRate,
    maximumRate,
    cappedRate,
    previousRate,
    emissionPerUnitStaked,
    emissionPerMonth,
    blockEmission,
    ...splitEmission(blockEmission, validatorsShare),
  }
}

/** Validators' part of an emission and the topics' rest. ROUNDING: the validators' part is cut. SPEC lifecycle 4.1 */
export function splitEmission(
  emission: bigint,
  validatorsShare: LegacyDec,
): { readonly validatorCut: bigint; readonly alloraRewardsCut: bigint } {
  const validatorCut = truncateDec(mulDecInt(validatorsShare, emission))
  return { validatorCut, alloraRewardsCut: emission - validatorCut }
}

/** a·current + (1 − a)·previous. */
function smooth(degree: LegacyDec, current: LegacyDec, previous: LegacyDec): LegacyDec {
  return addDec(mulDec(degree, current), mulDec(subDec(ONE, degree), previous))
}
