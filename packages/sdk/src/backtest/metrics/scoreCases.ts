import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { Panel } from '../panel.ts'
import type { CaseFlags } from '../planEpochs.ts'
import type { Played, Replayed } from '../replay.ts'
import { createScaledLoss } from '../synthesis/scaledLoss.ts'

/** The cases that count, and their losses. */
export type ScoredCases = {
  /** Places of the scored cases in the panel, in its order. */
  readonly cases: readonly number[]
  /** By scored case: its epoch, counted from the first after the warm-up. */
  readonly epochs: readonly number[]
  /** Losses of a collective, by scored case. */
  readonly lossesOf: (played: Played) => Float64Array
  /** Losses of a model, by scored case; NaN where it has no answer. */
  readonly lossesOfModel: (model: number) => Float64Array
}

/** What lies nearer to a truth than this share of it differs by the rounding of doubles alone. */
const ROUNDING = 64 * Number.EPSILON

/** The answered cases with a truth after the warm-up, with ways to their losses. */
export function scoreCases(
  panel: Panel,
  policy: TopicPolicy,
  { hasTruth }: CaseFlags,
  { epochOf }: Replayed,
  warmup: number,
): ScoredCases {
  const cases = Array.from(panel.truth.keys()).filter((at) => hasTruth[at] === true && (epochOf[at] ?? -1) >= warmup)
  const lossOf = createScaledLoss(policy)
  const width = panel.outputs.length
  const isNumber = outputKindOf(policy) === 'number'
  // Ratios of losses that are nothing but rounding would say who is better where all are right.
  const settle = (value: number, truth: number): number =>
    isNumber && Math.abs(value - truth) <= ROUNDING * Math.abs(truth) ? truth : value
  const lossesIn = (column: Float64Array): Float64Array =>
    Float64Array.from(cases, (at) => {
      if (Number.isNaN(column[at * width] ?? Number.NaN)) return Number.NaN
      const truth = panel.truth[at] ?? 0
      const values =
        width === 1 ? [settle(column[at] ?? 0, truth)] : Array.from(column.subarray(at * width, (at + 1) * width))
      return lossOf(values, truth, panel.scale[at] ?? 1)
    })
  return {
    cases,
    epochs: cases.map((at) => (epochOf[at] ?? 0) - warmup),
    lossesOf: ({ values }) => lossesIn(values),
    lossesOfModel: (model) => lossesIn(panel.values[model] ?? new Float64Array()),
  }
}
