import { pinballLoss } from './pinballLoss.ts'

/** CRPS of a quantile vector: twice the mean pinball loss. SPEC VT-4 */
export function crpsLoss(values: readonly number[], levels: readonly number[], truth: number): number {
  return 2 * pinballLoss(values, levels, truth)
}
