import { sum } from '../../num/sum.ts'
import type { ScoringParams, Values } from '../types.ts'
import { computeWeights } from './computeWeights.ts'
import { weightedAverage } from './weightedAverage.ts'

/** A worker in one calculation; `values` is undefined for a forecaster that only takes part in the regrets (math 3.4). */
export type Member = { readonly values: Values | undefined; readonly regret: number; readonly isInferer: boolean }

/** What every calculation of an epoch shares. */
export type CombineContext = { readonly regretScale: number; readonly allNew: boolean; readonly params: ScoringParams }

/**
 * Regret-weighted average of the members, inferers before forecasters, and the weights used. SPEC math 3.2
 *
 * While all workers are new: the plain mean of the inferers, and forecasters have no weight. Where the best worker has
 * no value and every other weight underflows to 0: the plain mean, so that no history of regrets stops an epoch.
 */
export function combine(
  members: readonly Member[],
  { regretScale, allNew, params }: CombineContext,
): { readonly values: Values; readonly weights: readonly number[] } | undefined {
  const weights = allNew
    ? members.map(({ isInferer }) => (isInferer ? 1 : 0))
    : computeWeights(
        members.map(({ regret }) => regret),
        regretScale,
        params,
      )
  const heard = members.flatMap(({ values }, i) => (values === undefined ? [] : [{ values, weight: weights[i] ?? 0 }]))
  const values =
    weightedAverage(heard, params.epsilonSafeDiv) ??
    weightedAverage(
      heard.map((member) => ({ ...member, weight: 1 })),
      params.epsilonSafeDiv,
    )
  if (values !== undefined && !Number.isFinite(sum(values))) throw new Error('a combined inference is not finite')
  return values === undefined ? undefined : { values, weights }
}
