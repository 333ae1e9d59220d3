/** What an epoch is promised when it opens: the `divisor`-th part of the free escrow in uallo, truncated. SPEC PW-1 */
export function earmarkOf(free: bigint, divisor: bigint): bigint {
  return free / divisor
}
