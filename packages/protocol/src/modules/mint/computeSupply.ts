import { mulDecInt, truncateDec } from '../../num/legacyDec.ts'
import type { MintParams } from './checkParams.ts'
import { computeVesting, type Vesting } from './computeVesting.ts'

/** What the supply depends on; amounts in uallo. */
export type SupplyInput = {
  readonly params: MintParams
  readonly ecosystemBalance: bigint
  readonly ecosystemTokensMinted: bigint
  readonly blocksSinceStart: bigint
  /** Above 0. */
  readonly blocksPerMonth: bigint
  readonly monthsUnlocked: bigint
}

/** Where the maximum supply is, in uallo. */
export type Supply = {
  readonly vesting: Vesting
  readonly ecosystemMintSupplyRemaining: bigint
  readonly ecosystemLocked: bigint
  /** Below 0 where more is locked than may ever exist. */
  readonly circulatingSupply: bigint
}

/**
 * The notional supply. SPEC lifecycle 6.4
 *
 * ecosystem locked = balance + remaining,  circulating = max supply − vesting − ecosystem locked
 */
export function computeSupply(input: SupplyInput): Supply {
  const { params, ecosystemBalance, ecosystemTokensMinted } = input
  const vesting = computeVesting(input)
  const ecosystemMintSupplyRemaining = computeMintSupplyRemaining(params, ecosystemTokensMinted)
  const ecosystemLocked = ecosystemBalance + ecosystemMintSupplyRemaining
  const circulatingSupply = params.maxSupply - vesting.total - ecosystemLocked
  return { vesting, ecosystemMintSupplyRemaining, ecosystemLocked, circulatingSupply }
}

/** What may still be made for the ecosystem: its share of the maximum supply less what was made, never below 0. */
export function computeMintSupplyRemaining(params: MintParams, ecosystemTokensMinted: bigint): bigint {
  const most = truncateDec(mulDecInt(params.ecosystemTreasuryPercentOfTotalSupply, params.maxSupply))
  return most > ecosystemTokensMinted ? most - ecosystemTokensMinted : 0n
}
