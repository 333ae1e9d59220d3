/** Effective revenue one epoch later: less by the epoch's share of a week, truncated. In uallo. SPEC lifecycle 3.6 */
export function dripRevenue(revenue: bigint, epochLength: bigint, blocksPerMonth: bigint): bigint {
  // revenue · E / (BPM / 4.345), rounded up, so that what is left is truncated.
  const drip = (revenue * epochLength * 4345n + blocksPerMonth * 1000n - 1n) / (blocksPerMonth * 1000n)
  return drip >= revenue ? 0n : revenue - drip
}
