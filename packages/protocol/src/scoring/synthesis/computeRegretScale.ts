import { medianAbsoluteDeviation } from '../../num/medianAbsoluteDeviation.ts'

/** Makes the median absolute deviation of normal noise equal to its standard deviation. */
const NORMAL_SCALE = 1.4826

/** Scale that divides regrets: S = 1.4826 · MAD + ε, at least ε. SPEC math 1.1 */
export function computeRegretScale(regrets: readonly number[], epsilon: number): number {
  return NORMAL_SCALE * medianAbsoluteDeviation(regrets) + epsilon
}
