import { TREND_LABELS } from '../feed/outcomes.ts'
import type { ModelOutput } from './types.ts'

const LOWEST_VOLATILITY = 0.06
const HIGHEST_VOLATILITY = 50
const LOWEST_PROBABILITY = 0.005

/** A volatility inside the domain; null when it is not a number. */
export function clampVolatility(value: number): number | null {
  return Number.isNaN(value) ? null : Math.min(HIGHEST_VOLATILITY, Math.max(LOWEST_VOLATILITY, value))
}

/** A probability no surer than 0.5 %; null when it is not a number. */
export function clampProbability(p: number): number | null {
  return Number.isNaN(p) ? null : Math.min(1 - LOWEST_PROBABILITY, Math.max(LOWEST_PROBABILITY, p))
}

/** Trend probabilities from three odds in the order of the labels: none below 0.5 %, together 1. */
export function trendValues(odds: readonly number[]): ModelOutput {
  const positive = TREND_LABELS.map((_, i) => Math.max(0, odds[i] ?? Number.NaN))
  const sum = positive.reduce((total, p) => total + p, 0)
  if (!(sum > 0)) return null
  const room = 1 - positive.length * LOWEST_PROBABILITY
  return {
    values: Object.fromEntries(
      TREND_LABELS.map((label, i) => [label, LOWEST_PROBABILITY + (room * (positive[i] ?? 0)) / sum]),
    ),
  }
}
