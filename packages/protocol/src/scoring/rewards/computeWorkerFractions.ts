import { exp, log1p } from '../../num/exp.ts'
import { sampleStandardDeviation } from '../../num/sampleStandardDeviation.ts'

/** φ(x) = ln(1 + e^(p(x − c))), safe for large arguments. */
function softplus(z: number): number {
  return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))
}

/** φ(T / (σ + ε)) over the sum, σ = sd(history); equal shares while σ < ε. SPEC math 11.1 */
export function computeWorkerFractions(
  scores: readonly number[],
  history: readonly number[],
  params: { readonly p: number; readonly c: number; readonly epsilon: number },
): readonly number[] {
  const sigma = sampleStandardDeviation(history)
  const { p, c, epsilon } = params
  const masses = scores.map((t) => (sigma < epsilon ? 1 : softplus(p * (t / (sigma + epsilon) - c))))
  const total = masses.reduce((a, b) => a + b, 0)
  return masses.map((mass) => (total > 0 ? mass / total : 1 / masses.length))
}
