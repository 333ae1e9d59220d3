import { median } from '../../num/median.ts'
import type { ForecastElement, ScoringParams, Values } from '../types.ts'
import { computeWeights } from './computeWeights.ts'
import { weightedAverage } from './weightedAverage.ts'

/** A forecast element with the inference it speaks of. */
export type ForecastOfInference = ForecastElement & { readonly values: Values }

/** What every forecast-implied inference of an epoch shares. */
export type ForecastContext = {
  /** Combined loss of the newest settled epoch, L_prev. */
  readonly previousLoss: number
  readonly regretScale: number
  readonly allNew: boolean
  readonly params: ScoringParams
}

/**
 * The inference that a forecast of losses implies. SPEC math 2
 *
 * r_j = L_prev − forecasted loss of j; weights of these regrets; FI = Σ w_j·I_j / Σ w_j. One element: its inference.
 * While all workers are new: the median of the named inferences. Undefined where the forecast names no inference.
 */
export function computeForecastImplied(
  elements: readonly ForecastOfInference[],
  { previousLoss, regretScale, allNew, params }: ForecastContext,
): Values | undefined {
  const [first] = elements
  if (first === undefined) return undefined
  if (allNew) return first.values.map((_, output) => median(elements.map(({ values }) => values[output] ?? 0)))
  if (elements.length === 1) return first.values
  const regrets = elements.map(({ value }) => previousLoss - value)
  const weights = computeWeights(regrets, regretScale, params)
  const members = elements.map(({ values }, i) => ({ values, weight: weights[i] ?? 0 }))
  return weightedAverage(members, 0)
}
