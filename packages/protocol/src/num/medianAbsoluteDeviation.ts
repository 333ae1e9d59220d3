import { median } from './median.ts'

/** Median of |x − median|, unscaled; 0 for none. SPEC math 12.5 */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  const middle = median(values)
  return median(values.map((value) => Math.abs(value - middle)))
}
