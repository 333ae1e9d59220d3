import { splitCoins } from '../../scoring/rewards/splitCoins.ts'

/** What pots are made of; coins in uallo, epochs in blocks. */
export type PotsInput = {
  readonly topics: readonly { readonly weight: number; readonly epochLength: bigint }[]
  /** Of all active topics, these included. */
  readonly weightSum: number
  readonly blockEmission: bigint
  /** What may be promised at most. */
  readonly treasury: bigint
}

/**
 * What each opening epoch may pay: its topic's share by weight of the emission of one epoch; where that is more than
 * the treasury holds, shares of the treasury by weight × epoch length. Truncated. SPEC lifecycle 4.1
 */
export function computePots({ topics, weightSum, blockEmission, treasury }: PotsInput): readonly bigint[] {
  if (topics.length === 0 || treasury <= 0n || !(weightSum > 0)) return topics.map(() => 0n)
  const wanted = topics.map(({ weight, epochLength }) => {
    const share = Math.min(1, weight / weightSum)
    return splitCoins(blockEmission * epochLength, [share]).amounts[0] ?? 0n
  })
  const total = wanted.reduce((sum, pot) => sum + pot, 0n)
  if (total <= treasury) return wanted
  const claims = topics.map(({ weight, epochLength }) => weight * Number(epochLength))
  const sum = claims.reduce((a, b) => a + b, 0)
  return splitCoins(
    treasury,
    claims.map((claim) => claim / sum),
  ).amounts
}
