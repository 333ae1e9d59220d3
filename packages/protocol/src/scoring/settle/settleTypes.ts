import type { ContributionShare } from '../contribution/contributionTypes.ts'
import type { ClassSplit } from '../rewards/computeClassSplit.ts'
import type { ScoringState } from '../stateTypes.ts'
import type {
  Address,
  Forecast,
  Inference,
  NetworkLosses,
  NetworkValues,
  ScoringParams,
  TopicPolicy,
  Values,
} from '../types.ts'
import type { PublishedAnswer } from '../verified/answerOf.ts'

/** A reputer's report of the truth, a number or a label, with its eligible stake in uallo. */
export type ReputerReport = { readonly address: Address; readonly stake: bigint; readonly value: number | string }

/** Everything that settles one epoch, in any order of the participants. */
export type SettleInput = {
  readonly topic: { readonly id: number; readonly policy: TopicPolicy; readonly params: ScoringParams }
  readonly nonce: number
  /** The state when the answer was published: it gives every value. */
  readonly prior: ScoringState
  /** The state at settlement, which this epoch advances. */
  readonly priorUpdate: ScoringState
  readonly inferences: readonly Inference[]
  readonly forecasts: readonly Forecast[]
  readonly reputers: readonly ReputerReport[]
  /** What the epoch may pay, in uallo. */
  readonly reward: bigint
  /** The newest answer that was public before this epoch's; absent or null before the first. A model-free guess. SPEC VT-6 */
  readonly lastAnswer?: Values | null
  /** Who committed and did not reveal. SPEC VT-2 */
  readonly missed?: { readonly inferers: readonly Address[]; readonly forecasters: readonly Address[] }
}

/** A part of the input that did not count, and why. */
export type Skipped = { readonly who: Address; readonly field: string; readonly reason: string }

/** A number per participant, in address order. */
export type Attributed = readonly { readonly worker: Address; readonly value: number }[]

/** Numbers of the three classes. */
export type ByRole = { readonly inferers: Attributed; readonly forecasters: Attributed; readonly reputers: Attributed }

/** A payment above 0, in uallo. */
export type Reward = {
  readonly address: Address
  readonly role: 'inferer' | 'forecaster' | 'reputer'
  readonly amount: bigint
}

/** What contribution pay found in one epoch; participants in address order. SPEC VT-6 */
export type ContributionFindings = {
  /** Model-free guesses and their raw losses; empty before the first truth. */
  readonly baselines: readonly { readonly values: Values; readonly loss: number }[]
  /** Which of them had the least mean loss over the last K epochs, this one included; null before the first. */
  readonly chosen: number | null
  /** Differences from it are clipped at this many units of loss. */
  readonly bound: number
  readonly inferers: readonly ContributionShare[]
  readonly forecasters: readonly ContributionShare[]
}

/** Losses of every network value: as they are, and on the scale of regrets (log10). */
export type EpochLosses = { readonly raw: NetworkLosses; readonly log: NetworkLosses }

/** What became of an epoch. Unless it is settled nobody is paid and `state` is the given `priorUpdate`. */
export type SettleOutcome = {
  readonly status: 'settled' | 'void' | 'contested'
  /** Why it is not settled. */
  readonly reason?: string
  /** The agreed value, for labels the label's index; null unless settled. */
  readonly truth: number | null
  readonly network: NetworkValues | null
  readonly losses: EpochLosses | null
  /** The answer as it was published, recomputed; null without an inference. */
  readonly answer: PublishedAnswer | null
  /** Null in topics of reference pay, and unless settled. */
  readonly contribution: ContributionFindings | null
  /** What moves merit: closeness of reputers, and of workers what `payEpoch` says by the topic's pay rule. */
  readonly scores: ByRole
  /** Shares within each class, not smoothed; of a class that earned nothing all 0. */
  readonly fractions: ByRole
  readonly split: Omit<ClassSplit, 'ratio'>
  /** Reputers, inferers, forecasters, each in address order. Together with `unpaid` exactly the reward. */
  readonly rewards: readonly Reward[]
  readonly unpaid: bigint
  readonly skipped: readonly Skipped[]
  readonly state: ScoringState
}
