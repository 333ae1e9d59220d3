import { flushTiny } from '../flushTiny.ts'
import { adaptTargets } from './adaptTargets.ts'
import { enterLedger } from './enterLedger.ts'
import type { IntervalState, PublishedIntervals } from './intervalTypes.ts'
import { rememberScore } from './rememberScore.ts'

/** The average of |error| is a plain mean over the first twenty truths and forgets a twentieth with each one after. */
const AVERAGED = 20

/** The scores with |error| in units of the scale that was published; an error without a scale has no size to remember. */
function scoresAfter(scores: readonly number[], error: number, scale: number): readonly number[] {
  if (error === 0) return rememberScore(scores, 0)
  return scale > 0 ? rememberScore(scores, error / scale) : scores
}

/**
 * The state after a truth: each level's target moves by whether the published interval held it, the score and |error|
 * are remembered, the ledger counts. Call it once per settled epoch, in nonce order; contested epochs are skipped.
 * `published` may come from an older state where several nonces wait for their truth. SPEC VT-7
 */
export function advanceIntervals(state: IntervalState, published: PublishedIntervals, truth: number): IntervalState {
  const error = Math.abs(truth - published.value)
  const hits = published.intervals.map(({ lower, upper }) => lower <= truth && truth <= upper)
  const widths = published.intervals.map(({ lower, upper }) => upper - lower)
  const ledger = enterLedger(state.ledger, hits, widths)
  const rate = 1 / Math.min(ledger.epochs, AVERAGED)
  return {
    targets: adaptTargets(state.targets, hits),
    scores: scoresAfter(state.scores, error, published.scale),
    meanError: flushTiny(state.meanError + rate * (error - state.meanError)),
    ledger,
  }
}
