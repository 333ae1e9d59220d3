import { exp, ln } from '../../num/exp.ts'

/** Entropy of one role's smoothed fractions, −Σ f ln f · (N_eff / N)^β; N = 1: constant; N = 0: 0. SPEC math 11.3, 11.4 */
export function computeEntropy(smoothed: readonly number[], beta: number): number {
  if (smoothed.length === 0) return 0
  if (smoothed.length === 1) return 0.173286795139986
  const total = smoothed.reduce((a, b) => a + b, 0)
  if (!(total > 0)) return 0
  const fractions = smoothed.map((x) => x / total)
  const entropy = fractions.reduce((sum, f) => (f > 0 ? sum - f * ln(f) : sum), 0)
  const effective = 1 / fractions.reduce((sum, f) => sum + f * f, 0)
  return entropy * exp(beta * ln(effective / fractions.length))
}
