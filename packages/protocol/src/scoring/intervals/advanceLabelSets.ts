import { adaptTargets } from './adaptTargets.ts'
import { enterLedger } from './enterLedger.ts'
import type { LabelSetState, PublishedLabelSets } from './intervalTypes.ts'
import { massesOf } from './massesOf.ts'
import { rememberScore } from './rememberScore.ts'

/** The state after a truth, a label's index, as `advanceIntervals` does for numbers; the score is the truth's mass. SPEC VT-7 */
export function advanceLabelSets(state: LabelSetState, published: PublishedLabelSets, truth: number): LabelSetState {
  const hits = published.sets.map(({ labels }) => labels.includes(truth))
  const sizes = published.sets.map(({ labels }) => labels.length)
  const mass = massesOf(published.probabilities).find(({ label }) => label === truth)?.mass ?? 1
  return {
    targets: adaptTargets(state.targets, hits),
    scores: rememberScore(state.scores, mass),
    ledger: enterLedger(state.ledger, hits, sizes),
  }
}
