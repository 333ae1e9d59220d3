import { log10 } from '../../num/exp.ts'

/** Floor added to every loss before its logarithm. */
export const LOSS_FLOOR = 1e-12

/** log10(loss + floor), the scale of regrets and forecasts. SPEC VT-4 */
export function toRegretScale(loss: number): number {
  return log10(loss + LOSS_FLOOR)
}
