import type { ContributionState } from '../contribution/contributionTypes.ts'
import type { EdgeState } from '../edge/edgeTypes.ts'
import type { IntervalState, LabelSetState, ReliabilityLedger } from '../intervals/intervalTypes.ts'
import type { TowerState } from '../tower/towerTypes.ts'

/** What the answers of a topic are held against: intervals of numbers, sets of labels, tenths of an event's probabilities. SPEC VT-7 */
export type Calibration =
  | { readonly kind: 'intervals'; readonly intervals: IntervalState }
  | { readonly kind: 'sets'; readonly sets: LabelSetState }
  | { readonly kind: 'reliability'; readonly bins: ReliabilityLedger }

/** What the rules of a verified topic carry from epoch to epoch; null for a rule that the topic does not have. */
export type VerifiedState = {
  /** SPEC VT-10 */
  readonly tower: TowerState | null
  /** SPEC VT-6 */
  readonly contribution: ContributionState | null
  /** SPEC VT-7 */
  readonly calibration: Calibration | null
  /** SPEC VT-8; of topics with contribution pay, as their baseline is what the network has to beat. */
  readonly edge: EdgeState | null
}
