import { type LegacyDec, parseLegacyDec } from '@starling/protocol/num/legacyDec'

/** The two parameters of the emission that the module `params` keeps and has checked. */
export type MintTerms = {
  /** `validators_vs_allora_percent_reward`: a decimal text from 0 to 1. */
  readonly validatorsShare: string
  /** `blocks_per_month`, above 0. */
  readonly blocksPerMonth: bigint
}

/** The validators' share as a fixed decimal; digits after the 18th are dropped. */
export function readValidatorsShare(text: string): LegacyDec {
  const share = parseLegacyDec(text)
  if (typeof share === 'bigint') return share
  throw new Error(`validators_vs_allora_percent_reward was stored unchecked: it ${share.fault}`)
}
