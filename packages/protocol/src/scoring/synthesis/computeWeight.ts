import { exp } from '../../num/exp.ts'

/**
 * Weight of a worker against the best one: (1 + e^a) / (1 + e^b), a = −p(x_max − c), b = −p(x − c). SPEC math 1.3
 *
 * The best worker has a = b and weight 1. Each sign of a and b has its own form, so that no exponential overflows.
 */
export function computeWeight(a: number, b: number): number {
  if (a <= 0 && b <= 0) return (exp(a) + 1) / (exp(b) + 1)
  if (b <= 0) return (exp(a) * (exp(-a) + 1)) / (exp(b) + 1)
  if (a <= 0) return (exp(-b) * (exp(a) + 1)) / (exp(-b) + 1)
  return (exp(a - b) * (exp(-a) + 1)) / (exp(-b) + 1)
}
