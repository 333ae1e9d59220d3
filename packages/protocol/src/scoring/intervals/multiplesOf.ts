import { exp } from '../../num/exp.ts'
import { selectRank } from '../../num/selectRank.ts'
import { filledScores } from './filledScores.ts'
import { type AdaptiveState, LEVELS } from './intervalTypes.ts'
import { stepOf } from './stepOf.ts'

const LN2 = 0.6931471805599453
/** 2^1000: no interval within a legal domain needs more. */
const MOST_DOUBLINGS = 1000

/**
 * Quantile of n scores at rate 1 − target, by the rank (1 − target)·(n + 1) of conformal prediction. Changes their order.
 * PERF: two of them are looked for instead of sorting all.
 */
function conformalQuantile(scores: number[], target: number): number {
  const n = scores.length
  const rank = Math.min(1, ((1 - target) * (n + 1)) / n)
  const position = rank * (n - 1)
  const low = Math.floor(position)
  const below = selectRank(scores, low)
  let above = low + 1 < n ? Number.POSITIVE_INFINITY : below
  for (let i = low + 1; i < n; i += 1) above = Math.min(above, scores[i] ?? 0)
  return below + (position - low) * (above - below)
}

/**
 * q of each level: the quantile of the newest scores at 1 − target; 0 at a target of 1; below a target of 0 the largest
 * score (at least 1), doubled for every γ that the target lies below 0, so that any error is covered after a few misses.
 * A higher level has no smaller q than a lower one. SPEC VT-7
 */
export function multiplesOf(state: AdaptiveState): readonly number[] {
  const scores = filledScores(state.scores)
  let largest = 1
  for (let i = 0; i < scores.length; i += 1) largest = Math.max(largest, scores[i] ?? 0)
  let least = 0
  return LEVELS.map((level, i) => {
    const target = state.targets[i] ?? 1 - level
    if (target <= 0) {
      const doublings = Math.min(MOST_DOUBLINGS, -target / stepOf(level))
      least = Math.max(least, largest * exp(doublings * LN2))
    } else if (target < 1) {
      least = Math.max(least, conformalQuantile(scores, target))
    }
    return least
  })
}
