import { edgeOf } from '../edge/edgeOf.ts'
import type { Edge } from '../edge/edgeTypes.ts'
import { intervalSpread } from '../intervals/intervalSpread.ts'
import { intervalsOf } from '../intervals/intervalsOf.ts'
import type { CoverageLedger, PublishedIntervals, PublishedLabelSets } from '../intervals/intervalTypes.ts'
import { labelSetsOf } from '../intervals/labelSetsOf.ts'
import type { ScoringState } from '../stateTypes.ts'
import { computeSpread } from '../synthesis/computeSpread.ts'
import { countContributors } from '../synthesis/countContributors.ts'
import type { NetworkValues, TopicPolicy, Values } from '../types.ts'
import { calibrationOf } from './calibrationOf.ts'

/** What is published when a worker window closes. */
export type PublishedAnswer = {
  readonly values: Values
  readonly naive: Values
  readonly spread: number
  readonly contributors: number
  /** Intervals of a number; null for other topics. */
  readonly intervals: PublishedIntervals | null
  /** Prediction sets of labels; null for other topics. */
  readonly sets: PublishedLabelSets | null
  /** How intervals or sets did so far; null without. */
  readonly ledger: CoverageLedger | null
  /** Null in topics of reference pay. SPEC VT-8 */
  readonly edge: Edge | null
}

/** An epoch's answer with what says how sure it is, by the state at publication. SPEC VT-7, VT-8 */
export function answerOf(policy: TopicPolicy, network: NetworkValues, state: ScoringState): PublishedAnswer {
  const calibration = calibrationOf(policy, state)
  const spread = computeSpread(network)
  const plain = {
    values: network.combined,
    naive: network.naive,
    spread,
    contributors: countContributors(network),
    edge: state.verified?.edge ? edgeOf(state.verified.edge) : null,
  }
  if (calibration?.kind === 'intervals') {
    const { intervals } = calibration
    const value = network.combined[0] ?? 0
    const predictions = [...network.inferers, ...network.forecasters].map(({ values }) => values[0] ?? 0)
    const published = intervalsOf(intervals, value, intervalSpread(value, predictions, spread), policy.domain)
    return { ...plain, intervals: published, sets: null, ledger: intervals.ledger }
  }
  if (calibration?.kind === 'sets') {
    const { sets } = calibration
    return { ...plain, intervals: null, sets: labelSetsOf(sets, network.combined), ledger: sets.ledger }
  }
  return { ...plain, intervals: null, sets: null, ledger: null }
}
