import { exp, log1p } from '../../num/exp.ts'

/** ln cosh(value − truth) = d + ln(1 + e^(−2d)) − ln 2, d = |value − truth|. SPEC VT-4 */
export function logcoshLoss(value: number, truth: number): number {
  const d = Math.abs(value - truth)
  return Math.max(0, d + log1p(exp(-2 * d)) - Math.LN2)
}
