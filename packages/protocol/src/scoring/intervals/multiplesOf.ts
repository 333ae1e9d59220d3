import { exp } from '../../num/exp.ts'
import { ascendingScores } from './ascendingScores.ts'
import { type AdaptiveState, LEVELS } from './intervalTypes.ts'
import { stepOf } from './stepOf.ts'

const LN2 = 0.6931471805599453
/** 2^1000: no interval within a legal domain needs more. */
const MOST_DOUBLINGS = 1000

/** Quantile of n ascending scores at rate 1 − target, by the rank (1 − target)·(n + 1) of conformal prediction. */
function conformalQuantile(ascending: readonly number[], target: number): number {
  const n = ascending.length
  const rank = Math.min(1, ((1 - target) * (n + 1)) / n)
  const position = rank * (n - 1)
  const low = Math.floor(position)
  const below = ascending[low] ?? 0
  const above = ascending[low + 1] ?? below
  return below + (position - low) * (above - below)
}

/**
 * q of each level: the quantile of the newest scores at 1 − target; 0 at a target of 1; below a target of 0 the largest
 * score (at least 1), doubled for every γ that the target lies below 0, so that any error is covered after a few misses.
 * A higher level has no smaller q than a lower one. SPEC VT-7
 */
export function multiplesOf(state: AdaptiveState): readonly number[] {
  const ascending = ascendingScores(state.scores)
  const largest = Math.max(1, ascending[ascending.length - 1] ?? 0)
  let least = 0
  return LEVELS.map((level, i) => {
    const target = state.targets[i] ?? 1 - level
    if (target <= 0) {
      const doublings = Math.min(MOST_DOUBLINGS, -target / stepOf(level))
      least = Math.max(least, largest * exp(doublings * LN2))
    } else if (target < 1) {
      least = Math.max(least, conformalQuantile(ascending, target))
    }
    return least
  })
}
