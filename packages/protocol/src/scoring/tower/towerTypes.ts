import type { Address, AttributedValues, Inference, TopicPolicy, Values } from '../types.ts'

/**
 * What the tower needs to know of a topic; every `TopicPolicy` is one. The kind follows from loss and labels
 * (`outputKindOf`): numbers and quantile vectors take the layers of `first`, probabilities and labels those of `labels`.
 *
 * How to use the folder, for one epoch after another:
 *
 *     let state = newTower(config)
 *     const [combined] = combineTower(config, state, [{ inferences }], { oneOut: true })   // answer
 *     state = advanceTower(config, state, [{ inferences, memory: combined.memory, truth }])  // once the truth is public
 *
 * Rows of one epoch (keys of a panel) are combined together and learnt together, in the order of the table. `memory` is
 * plain data and is kept until the truth is there, however many epochs are answered in between; rows of one epoch
 * whose truths come at different times are learnt in several calls. Forecast-implied values are further inferences
 * under a name of their own. States are plain JSON and never change in place. SPEC VT-10
 */
export type TowerConfig = Pick<TopicPolicy, 'loss' | 'domain' | 'labels' | 'levels'> & {
  readonly lossParameter?: number
  /** Which layers; default `keyed`. */
  readonly rule?: TowerRule
  /** Calls of `advanceTower` after which an absent member loses its state. Default 64. */
  readonly retention?: number
}

/**
 * Variants of the synthesis of numbers and quantiles: `bare` the layers of the reference programs, `guarded` the same
 * behind their guard, `keyed` ours (ADR-023). Probabilities and labels have one, whatever is said here.
 */
export const TOWER_RULES = ['keyed', 'guarded', 'bare'] as const
export type TowerRule = (typeof TOWER_RULES)[number]
export const DEFAULT_RULE: TowerRule = 'keyed'

/** What is predicted at once: the inferences about one number, event or vector; members in any order, each once. */
export type TowerRow = {
  readonly inferences: readonly Inference[]
  /** Errors are divided by it. > 0, default 1. */
  readonly scale?: number
  /**
   * The series that the row belongs to, or a context that everybody can see, such as the hour of the day: `keyed` keeps
   * past errors of the answer by it, and records of members for the first 24 there are. Default: one series.
   */
  readonly key?: string
}

/** What learning needs from the time of the answer: a list per output of a row, plain numbers. */
export type TowerMemory = {
  /** The second layer's value, before it is held to the domain. */
  readonly values: readonly number[]
  /** Values of the first layer, by output. Empty for probabilities and labels. */
  readonly layers: readonly (readonly number[])[]
  /** The guard's centre and half width, by output. Empty where there is no guard. */
  readonly anchors: readonly number[]
  readonly bounds: readonly number[]
  /** What past errors said, by output. Empty for layers that do not ask. */
  readonly past: readonly (readonly number[])[]
}

/** The answer to one row. */
export type TowerCombined = {
  readonly values: Values
  /** Share of each member of the row in the answer, in address order; they sum to 1 and may be negative. */
  readonly weights: readonly { readonly worker: Address; readonly weight: number }[]
  /** The answer without each member, in address order; empty unless asked for or where nobody else is awake. */
  readonly oneOut: AttributedValues
  readonly memory: TowerMemory
}

/** A row whose truth is public: what was answered then, and the number that came, or the index of the label (0 or 1 for an event). */
export type TowerLesson = TowerRow & { readonly memory: TowerMemory; readonly truth: number }

/** A list with one entry for each member, in address order. */
export type PerMember = readonly number[]

/** Regrets of ML-Poly. */
export type MlPolyState = { readonly regrets: PerMember; readonly inverseRates: PerMember; readonly largest: number }
/** Variances and corrected regrets of BOA. */
export type BoaState = { readonly variances: PerMember; readonly sums: PerMember }
/** Weights for each pair of share and rate, their losses so far, and the pair that leads. */
export type FixedShareState = {
  readonly weights: readonly PerMember[]
  readonly losses: readonly number[]
  readonly best: number
  /** Sum and number of the mean absolute regrets that set the unit of the rates. */
  readonly regretSum: number
  readonly lessons: number
}
/** Normal equations by forgetting, over the chosen members. */
export type RidgeState = {
  /** Indices of the heaviest members, ascending; at most 16. */
  readonly chosen: readonly number[]
  readonly moments: readonly { readonly matrix: readonly PerMember[]; readonly vector: PerMember }[]
  readonly coefficients: readonly PerMember[]
  readonly losses: readonly number[]
  readonly best: number
  readonly trace: number
}
/** Averages of log-loss regrets, as on a topic of regret synthesis. */
export type RegretState = { readonly regrets: PerMember; readonly lessons: PerMember; readonly initial: number }
/** The guard's record of a member; −1 = none yet. */
export type GuardState = { readonly records: PerMember; readonly spread: number; readonly lessons: number }

/** Layers over numbers. */
export type PointState = {
  readonly kind: 'point'
  readonly mlPoly: MlPolyState
  readonly fixedShare: FixedShareState
  readonly boa: BoaState
  readonly ridge: RidgeState
  readonly regret: RegretState
  readonly second: BoaState
  readonly guard: GuardState
}

/** Sums of members' losses, forgotten a lesson at a time, and the lessons they hold. */
export type RecentState = { readonly losses: PerMember; readonly counts: PerMember }
/** The same for everything, and for each of the first keys. */
export type ByKeyState = {
  readonly common: RecentState
  readonly keys: readonly string[]
  readonly own: readonly RecentState[]
}
/** A linear correction of the mean by the members' distances from it, by its past errors, and by a constant. */
export type CorrectionState = {
  /** Indices of the heaviest members, ascending; at most 16. */
  readonly chosen: readonly number[]
  readonly moments: readonly { readonly matrix: readonly PerMember[]; readonly vector: PerMember }[]
  readonly coefficients: readonly PerMember[]
  readonly losses: readonly number[]
  readonly best: number
  /** Mean square of each input, the chosen members first. */
  readonly powers: readonly number[]
  /** Typical error of the mean, 0 before the first; the constant's unit. */
  readonly unit: number
  readonly keys: readonly string[]
  /** Averages of the mean's errors by key, over three lengths. */
  readonly errors: readonly (readonly number[])[]
}

/** Our layers over numbers. */
export type KeyedState = {
  readonly kind: 'keyed'
  readonly mlPoly: MlPolyState
  readonly boa: BoaState
  readonly fixedShare: FixedShareState
  readonly recent: RecentState
  readonly byKey: ByKeyState
  readonly correction: CorrectionState
  readonly second: BoaState
  readonly guard: GuardState
}

/** Layers over probabilities. */
export type LabelState = {
  readonly kind: 'labels'
  /** Exponent of the log pool and its curvature so far. */
  readonly exponent: number
  readonly curvature: number
  /** Log weights of the Bayes mixture. */
  readonly bayes: PerMember
  /** Log weights of the mixture that forgets, at most 0; null where the layers are those of the reference. */
  readonly recent: PerMember | null
  readonly boa: BoaState
  readonly mlPoly: MlPolyState
  readonly second: PerMember
}

/** Everything the tower carries from epoch to epoch. */
export type TowerState = {
  /** In address order, at most 512. */
  readonly members: readonly Address[]
  /** Value of `lessons` when each was last awake. */
  readonly lastAwake: PerMember
  /** Calls of `advanceTower` so far. */
  readonly lessons: number
  readonly layers: PointState | KeyedState | LabelState
}
