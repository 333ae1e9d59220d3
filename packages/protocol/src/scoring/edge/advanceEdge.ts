import { flushTiny } from '../flushTiny.ts'
import { BET_FRACTIONS } from './betFractions.ts'
import type { EdgeState } from './edgeTypes.ts'

/** The bound of a difference in average sizes of the ones before it: far enough out that clipping hides no loss that matters. */
const BOUND = 10
/** The first differences only set the bound. */
const UNUSED = 10
/** The average of sizes is a plain mean of the first hundred and forgets a hundredth with each one after. */
const AVERAGED = 100
const RICHEST = 1e300

/** The difference over a bound that only earlier differences set, clipped to −1…1. */
function clippedDifference({ n, meanSize }: EdgeState, difference: number): number {
  if (n < UNUSED || meanSize === 0) return 0
  return Math.max(-1, Math.min(1, difference / (BOUND * meanSize)))
}

/**
 * The test after one more settled epoch, whose difference is baseline's loss − network's loss; the baseline must have been
 * chosen before the epoch's truth was known. SPEC VT-8
 *
 * Every bet multiplies its wealth by 1 + fraction·x. Where the mean of x given the past is not above 0, each wealth and
 * their mean E are non-negative supermartingales that begin with 1, so that E reaches 20 at any time with a probability of
 * at most 1/20 (Ville), however long one looks.
 */
export function advanceEdge(state: EdgeState, difference: number): EdgeState {
  const x = clippedDifference(state, difference)
  const n = state.n + 1
  const rate = 1 / Math.min(n, AVERAGED)
  return {
    n,
    meanSize: flushTiny(state.meanSize + rate * (Math.abs(difference) - state.meanSize)),
    bets: BET_FRACTIONS.map((fraction, i) => flushTiny(Math.min(RICHEST, (state.bets[i] ?? 1) * (1 + fraction * x)))),
  }
}
