import { exp } from '@starling/protocol/num/exp'

const SQRT_2PI = 2.5066282746310002
const FAR = 8

/**
 * Standard normal distribution function, from the series Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …).
 * Its terms share one sign, so nothing cancels; absolute error below 1e-14.
 */
export function normalCdf(x: number): number {
  if (x > FAR) return 1
  if (x < -FAR) return 0
  let term = x
  let sum = x
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return Math.min(1, Math.max(0, 0.5 + (sum * exp(-0.5 * x * x)) / SQRT_2PI))
}
