/**
 * Quantile with linear interpolation between neighbours, q in 0…1; 0 for an empty list. SPEC math 12.5
 *
 * position = q·(n − 1); v_lo + (position − lo)·(v_hi − v_lo) over the ascending values
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = q * (sorted.length - 1)
  const low = Math.floor(position)
  const below = sorted[low] ?? 0
  const above = sorted[low + 1] ?? below
  return below + (position - low) * (above - below)
}
