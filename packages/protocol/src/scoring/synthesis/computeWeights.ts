import type { ScoringParams } from '../types.ts'
import { computeRegretScale } from './computeRegretScale.ts'
import { computeWeight } from './computeWeight.ts'

/** Regrets over a tiny scale stop here, so that differences of them stay numbers whatever ε a topic chose. */
const LARGEST = 1e300

/**
 * Regret-informed weights, one per regret in the same order; not normalised, the best is 1. SPEC math 1.3
 *
 * x = R / S, with the stored scale S where it is positive, otherwise the scale of these regrets.
 */
export function computeWeights(
  regrets: readonly number[],
  storedScale: number,
  { pNorm, cNorm, epsilon }: Pick<ScoringParams, 'pNorm' | 'cNorm' | 'epsilon'>,
): readonly number[] {
  const scale = storedScale > 0 ? storedScale : computeRegretScale(regrets, epsilon)
  const scaled = regrets.map((regret) => Math.max(-LARGEST, Math.min(LARGEST, regret / scale)))
  const best = scaled.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY)
  const a = -pNorm * (best - cNorm)
  return scaled.map((x) => computeWeight(a, -pNorm * (x - cNorm)))
}
