import { ln } from '../../num/exp.ts'

/** r − ln r − 1 with r = truth²/value²; both floored at 1e-9 in size. SPEC VT-4 */
export function qlikeLoss(value: number, truth: number): number {
  const q = Math.max(Math.abs(truth), 1e-9) / Math.max(Math.abs(value), 1e-9)
  const r = q * q
  return Math.max(0, r - ln(r) - 1)
}
