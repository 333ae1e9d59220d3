import { decOfScaled, type LegacyDec, mulDec, mulDecInt, truncateDec } from '../../num/legacyDec.ts'
import type { MintParams } from './checkParams.ts'

const CLIFF = 12n
const INVESTOR_MONTHS = 36n
const FOUNDATION_MONTHS = 24n
const LAST_MONTH = 84n
/** Part of the foundation's coins that is locked at the start, 0.442: inferred from the reference's circulating supply. */
const FOUNDATION_LOCKED: LegacyDec = decOfScaled(442_000_000_000_000_000n)

/** Coins that the vesting schedule still locks, in uallo. */
export type Vesting = {
  /** Months that have passed, from 0 to 84. */
  readonly months: bigint
  readonly investors: bigint
  readonly preseed: bigint
  readonly team: bigint
  readonly foundation: bigint
  readonly total: bigint
}

/**
 * The notional vesting schedule: no coin is locked on chain, the schedule only lowers the circulating supply.
 * SPEC lifecycle 6.3
 *
 * m = max(months unlocked, ⌊blocks / blocks per month⌋), from 0 to 84
 * investors, preseed, team: all until the cliff at 12, then full·(36 − m)/36 until 36
 * foundation: full·locked part·(24 − m)/24 until 24
 *
 * `blocksPerMonth` must be above 0. ROUNDING: towards zero, at the full amount and at what is left of it.
 */
export function computeVesting(input: {
  readonly params: MintParams
  readonly blocksSinceStart: bigint
  readonly blocksPerMonth: bigint
  readonly monthsUnlocked: bigint
}): Vesting {
  const { params, blocksSinceStart, blocksPerMonth, monthsUnlocked } = input
  const months = clamp(largerOf(monthsUnlocked, blocksSinceStart / blocksPerMonth))
  const ofSupply = (share: LegacyDec): bigint => truncateDec(mulDecInt(share, params.maxSupply))
  const investorType = (share: LegacyDec): bigint => {
    const full = ofSupply(share)
    return months < CLIFF ? full : leftOf(full, months, INVESTOR_MONTHS)
  }
  const investors = investorType(params.investorsPercentOfTotalSupply)
  const preseed = investorType(params.investorsPreseedPercentOfTotalSupply)
  const team = investorType(params.teamPercentOfTotalSupply)
  const lockedShare = mulDec(params.foundationTreasuryPercentOfTotalSupply, FOUNDATION_LOCKED)
  const foundation = leftOf(ofSupply(lockedShare), months, FOUNDATION_MONTHS)
  return { months, investors, preseed, team, foundation, total: investors + preseed + team + foundation }
}

/** What is left of an amount that is freed in equal parts over `length` months. */
function leftOf(full: bigint, months: bigint, length: bigint): bigint {
  return months >= length ? 0n : (full * (length - months)) / length
}

function clamp(months: bigint): bigint {
  if (months < 0n) return 0n
  return months > LAST_MONTH ? LAST_MONTH : months
}

function largerOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
