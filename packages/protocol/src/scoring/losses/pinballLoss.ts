import { quantileLoss } from './quantileLoss.ts'

/** Mean of the quantile losses over the levels. SPEC VT-4 */
export function pinballLoss(values: readonly number[], levels: readonly number[], truth: number): number {
  return levels.reduce((sum, tau, i) => sum + quantileLoss(values[i] ?? 0, truth, tau), 0) / levels.length
}
