import { sum } from '../../num/sum.ts'
import type { ScoringParams } from '../types.ts'
import { computeReputerScores, type ReputerLosses } from './computeReputerScores.ts'

/** Step of the finite difference. */
const STEP = 0.001
/** Coefficients never reach 0, where the scores could divide by nothing. SPEC math 9.4, 15 */
const LOWEST_COEFFICIENT = 1e-18

/** What the ascent needs of the parameters. */
export type ListeningParams = Pick<
  ScoringParams,
  | 'epsilonReputer'
  | 'epsilonSafeDiv'
  | 'learningRate'
  | 'gradientDescentMaxIters'
  | 'maxGradientThreshold'
  | 'minStakeFraction'
>

/** Coefficients after the ascent, and the scores at the start of its last round, in the order of the reputers. */
export type Listening = { readonly coefficients: readonly number[]; readonly scores: readonly number[] }

const keepPositive = (x: number): number => Math.max(x, LOWEST_COEFFICIENT)

/** Σ value · stake over the reputers. */
function staked(values: readonly number[], reputers: readonly ReputerLosses[]): number {
  return sum(values.map((value, m) => value * (reputers[m]?.stake ?? 0)))
}

/** Relative change of the stake-weighted score per change of each coefficient. */
function gradient(
  reputers: readonly ReputerLosses[],
  coefficients: readonly number[],
  scores: readonly number[],
  params: ListeningParams,
): readonly number[] {
  const here = staked(scores, reputers)
  return coefficients.map((a, l) => {
    const step = a === 1 ? -STEP : STEP
    const moved = computeReputerScores(reputers, coefficients.with(l, a + step), params)
    const there = staked(moved, reputers)
    return there > 0 ? (1 - here / there) / step : 0
  })
}

/**
 * One round's coefficients: the climbed ones, or the point on the way at which the listened share of stake is least. That
 * point lies beyond the climb, and may exceed 1, if too little stake was listened to before: then the reference does not
 * cut at 1 either.
 */
function climb(
  reputers: readonly ReputerLosses[],
  old: readonly number[],
  slope: readonly number[],
  params: ListeningParams,
): readonly number[] {
  const climbed = old.map((a, l) => Math.min(keepPositive(a + params.learningRate * (slope[l] ?? 0)), 1))
  const total = sum(reputers.map(({ stake }) => stake))
  const before = staked(old, reputers) / total
  const after = staked(climbed, reputers) / total
  if (after >= params.minStakeFraction) return climbed
  if (after === before) return old
  const part = (params.minStakeFraction - before) / (after - before)
  return old.map((a, l) => keepPositive(a + ((climbed[l] ?? a) - a) * part))
}

/**
 * Listening coefficients by gradient ascent on the stake-weighted reputer score, from the stored ones (new reputer: 1).
 * At most `gradientDescentMaxIters` rounds of N + 1 score evaluations; without stake nothing moves. SPEC math 9.4
 */
export function computeListeningCoefficients(
  reputers: readonly ReputerLosses[],
  stored: readonly number[],
  params: ListeningParams,
): Listening {
  let coefficients: readonly number[] = reputers.map((_, m) => stored[m] ?? 1)
  let scores = computeReputerScores(reputers, coefficients, params)
  if (!(sum(reputers.map(({ stake }) => stake)) > 0)) return { coefficients, scores }
  let steepest = 1
  for (let t = 0; t < params.gradientDescentMaxIters && steepest >= params.maxGradientThreshold; t++) {
    const old = coefficients
    scores = computeReputerScores(reputers, old, params)
    coefficients = climb(reputers, old, gradient(reputers, old, scores, params), params)
    steepest = coefficients.reduce((most, a, l) => Math.max(most, Math.abs(a - (old[l] ?? a))), 0) / params.learningRate
  }
  return { coefficients, scores }
}
