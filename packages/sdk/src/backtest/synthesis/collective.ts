import type { Address, Forecast, Inference, TopicPolicy, Values } from '@starling/protocol/scoring/types'

/** What everybody said about one case, before its truth. Participants are in address order. */
export type Question = {
  /** The case's place in the panel. */
  readonly at: number
  readonly inferences: readonly Inference[]
  readonly forecasts: readonly Forecast[]
  readonly scale: number
  /** Which series of the panel the case belongs to, counted from 0. */
  readonly series: number
}

/** A collective answer and who stands behind it; weights sum to 1. `memory` is what learning will ask for. */
export type Answer<M> = {
  readonly values: Values
  readonly weights: readonly { readonly worker: Address; readonly weight: number }[]
  /** The answer as it would be without each forecaster. */
  readonly without: readonly { readonly worker: Address; readonly values: Values }[]
  readonly memory: M
}

/** A case whose truth has become public, with the answer given then. */
export type Lesson<M> = { readonly question: Question; readonly answer: Answer<M>; readonly truth: number }

/** A way of making one answer out of many. It knows nothing but what it was taught. */
export type Collective<M> = {
  /** Answers to the cases of one epoch, each with at least one inference, in their order. */
  readonly answer: (questions: readonly Question[]) => readonly Answer<M>[]
  /** The truths of cases of one epoch that become public together. `nonce` counts lessons from 1. */
  readonly learn: (lessons: readonly Lesson<M>[], nonce: number) => void
}

/** The names of syntheses that can be asked for, the best that is built first. */
export const syntheses = ['tower', 'regret', 'mean', 'median'] as const

/** One of the ways to make an answer. */
export type Synthesis = (typeof syntheses)[number]

/** What every collective is made from. */
export type CollectiveContext = { readonly policy: TopicPolicy; readonly models: number }
