import { exp, expm1, log1p } from '../../num/exp.ts'

/**
 * ln cosh(value − truth). SPEC VT-4
 *
 * With d = |value − truth|: d + ln(1 + e^(−2d)) − ln 2, which never overflows; near 0, where that would cancel to
 * nothing, ln(1 + (e^d − 1)² / (2·e^d)).
 */
export function logcoshLoss(value: number, truth: number): number {
  const d = Math.abs(value - truth)
  if (d >= 1) return d + log1p(exp(-2 * d)) - Math.LN2
  const grown = expm1(d)
  return log1p((grown * grown) / (2 * (1 + grown)))
}
