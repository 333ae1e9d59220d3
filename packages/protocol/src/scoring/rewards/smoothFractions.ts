import { ema } from '../../num/ema.ts'
import { sum } from '../../num/sum.ts'

/** Smoothed fractions of one role: `stored` is what to remember, `normalised` sums to 1. */
export type SmoothedFractions = {
  readonly stored: readonly number[]
  readonly normalised: readonly number[]
  /** 1 / Σ f²: the number of equal actors with the same concentration; 0 without any fraction. */
  readonly effectiveNumber: number
}

/** EMA of each reward fraction toward the epoch's; without a previous one the epoch's itself. SPEC math 11.3 */
export function smoothFractions(
  fractions: readonly number[],
  previous: readonly (number | null)[],
  alpha: number,
): SmoothedFractions {
  const stored = fractions.map((fraction, l) => ema(alpha, fraction, previous[l] ?? null))
  const total = sum(stored)
  const normalised = stored.map((fraction) => (total > 0 ? fraction / total : 0))
  const squares = sum(normalised.map((f) => f * f))
  return { stored, normalised, effectiveNumber: squares > 0 ? 1 / squares : 0 }
}
