import { quantile } from '../../num/quantile.ts'
import { sampleStandardDeviation } from '../../num/sampleStandardDeviation.ts'
import type { ScoringParams } from '../types.ts'

/** Q_q(X) + (c − p_div / p)·(sd(X) + ε) over the experienced workers' new regrets; too few: Q_q of all. SPEC math 8.3 */
export function computeInitialRegret(
  experienced: readonly number[],
  all: readonly number[],
  params: ScoringParams,
): number {
  if (experienced.length < params.minExperiencedWorkerRegrets) return quantile(all, params.initialRegretQuantile)
  const offset = params.cNorm - params.pNormSafeDiv / params.pNorm
  const spread = sampleStandardDeviation(experienced) + params.epsilon
  return quantile(experienced, params.initialRegretQuantile) + offset * spread
}
