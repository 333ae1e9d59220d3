import type { Edge } from '@starling/protocol/scoring/edge/edgeTypes'
import type { LossMethod } from '@starling/protocol/scoring/types'
import type { Synthesis } from './synthesis/collective.ts'

/** Why rows of the table were not scored. */
export type SkipReason = 'no truth' | 'no model' | 'warm-up' | 'left out by --where'

/** The network's loss divided by another's on the same rows, with a 95 % block-bootstrap interval; null where undefined. */
export type Comparison = { readonly ratio: number | null; readonly lower: number | null; readonly upper: number | null }

/** How one model did. */
export type ModelReport = {
  readonly name: string
  /** Scored rows that it answered. */
  readonly rows: number
  /** Its mean loss on them; null without any. */
  readonly loss: number | null
  /** The network's loss ÷ the model's, on the model's rows, with its 95 % interval. */
  readonly ratio: number | null
  readonly ratioLower: number | null
  readonly ratioUpper: number | null
  /** Mean weight in the network's answers; 0 where it was absent. */
  readonly weight: number
  /** What it would have earned: its share of all the workers' pots of the scored epochs. SPEC VT-6 */
  readonly reward: number
  /** Why something is null. */
  readonly reason?: string
}

/** How one forecaster did: its share of all the forecasters' pots, and its implied values' mean weight. */
export type ForecasterReport = { readonly name: string; readonly weight: number; readonly reward: number }

/** How often intervals of one level held the truth. */
export type IntervalReport = {
  readonly level: number
  readonly hits: number
  readonly epochs: number
  /** In units of `scale`; for labels the mean number of labels in the set. */
  readonly meanWidth: number
}

/** What one synthesis made of the same table. */
export type SynthesisReport = {
  readonly synthesis: Synthesis
  readonly loss: number
  readonly toMean: Comparison
  readonly toMedian: Comparison
  readonly toBest: Comparison
}

/** What a backtest found. Losses are arithmetic means over the scored rows. */
export type BacktestReport = {
  readonly file: string
  /** Rows of the table below its header. */
  readonly rows: number
  readonly scored: number
  /** rows = scored + all that was skipped. */
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>
  /** Scored epochs. */
  readonly epochs: number
  readonly seconds: number
  readonly synthesis: Synthesis
  readonly lossMethod: LossMethod
  readonly loss: {
    readonly network: number | null
    readonly mean: number | null
    readonly median: number | null
    readonly bestModel: number | null
  }
  /** The best single model in hindsight, among those that answered at least half of the rows. */
  readonly bestModel: string | null
  readonly toMean: Comparison
  readonly toMedian: Comparison
  readonly toBest: Comparison
  readonly models: readonly ModelReport[]
  readonly forecasters: readonly ForecasterReport[]
  /** The share of the workers' pots that nobody earned: it stays in escrow. */
  readonly unpaid: number
  /** Whether the network provably beats the best guess without any model. SPEC VT-8 */
  readonly edge: Edge
  readonly intervals: readonly IntervalReport[]
  /** The other syntheses, where they were asked for. */
  readonly all: readonly SynthesisReport[]
  /** Cells of models without a number: empty ones, and words such as NA. */
  readonly absentCells: { readonly empty: number; readonly spelled: number }
  readonly notes: readonly string[]
}

/** Mean losses from the first scored epoch to each epoch, for a plot. */
export type RunningLoss = {
  readonly network: readonly number[]
  readonly mean: readonly number[]
  readonly best: readonly number[]
}
