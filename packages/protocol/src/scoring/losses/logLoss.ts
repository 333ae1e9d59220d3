import { ln } from '../../num/exp.ts'

/** −ln of the probability given to what happened, floored at 1e-9; truth is 0 or 1. SPEC VT-4 */
export function logLoss(value: number, truth: number): number {
  return Math.max(0, -ln(Math.max(truth === 1 ? value : 1 - value, 1e-9)))
}
