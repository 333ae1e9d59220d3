import type { ScoringState } from '@starling/protocol/scoring/stateTypes'
import type { NetworkLosses } from '@starling/protocol/scoring/types'

/** In which part somebody took part. */
export type Role = 'inferer' | 'forecaster' | 'reputer'

/** A number, or numbers by label or quantile level. */
export type ShownValues = number | null | Readonly<Record<string, number | null>>

/** `value` for a number, `values` by label or level. */
export type NamedValues = { readonly value?: ShownValues | undefined; readonly values?: ShownValues | undefined }

type OfWorker = { readonly worker: string } & NamedValues

/** Every network value of the epoch. */
export type ShownNetwork = {
  readonly combined: ShownValues
  readonly naive: ShownValues
  readonly inferers: readonly OfWorker[]
  /** Forecast-implied values. */
  readonly forecasters: readonly OfWorker[]
  readonly oneOutInferers: readonly OfWorker[]
  readonly oneOutForecasters: readonly OfWorker[]
  readonly oneInForecasters: readonly OfWorker[]
  readonly oneOutInfererForecasters: readonly ({
    readonly forecaster: string
    readonly withheldInferer: string
  } & NamedValues)[]
}

/** One level of the answer's intervals, or of its prediction sets. */
export type ShownInterval =
  | { readonly level: number; readonly lower: number; readonly upper: number }
  | { readonly level: number; readonly labels: readonly string[] }

/** Skill in units of loss, weight in the least-variance combination, share of the class's pot. */
export type ShownShare = {
  readonly address: string
  readonly role: Role
  readonly skill: number
  readonly weight: number
  readonly share: number
}

/** Model-free guesses with their losses, which of them leads, and everybody's share. SPEC VT-6 */
export type ShownContribution = {
  readonly baselines: readonly ({ readonly loss: number } & NamedValues)[]
  readonly chosen: number | null
  readonly bound: number
  readonly shares: readonly ShownShare[]
}

/** Share of the combined value; shares sum to 1, of a tower some may be negative. */
export type WeightOfWorker = { readonly address: string; readonly role: Role; readonly weight: number }

/** What `settle --json` prints. Null = not defined, because of `reason`. */
export type SettleOutput = {
  readonly topic: number
  readonly nonce: number
  readonly status: 'settled' | 'void' | 'contested'
  readonly reason?: string
  readonly truth: number | string | null
  readonly network: ShownNetwork | null
  /** By the topic's loss. */
  readonly losses: NetworkLosses | null
  /** log10(loss + floor), the scale of regrets and forecasts. */
  readonly logLosses: NetworkLosses | null
  readonly regrets: readonly { readonly address: string; readonly role: Role; readonly regret: number | null }[] | null
  readonly weights: readonly WeightOfWorker[] | null
  /** Of workers differences of log losses, of reputers closeness to the truth. */
  readonly scores: readonly { readonly address: string; readonly role: Role; readonly score: number }[] | null
  /** Fraction of the reward for each class. */
  readonly split: { readonly inferers: number; readonly forecasters: number; readonly reputers: number }
  /** uallo; together with `unpaid` exactly `reward`. */
  readonly rewards: readonly { readonly address: string; readonly role: Role; readonly amount: string }[]
  readonly reward: string
  readonly unpaid: string
  /** Around the combined number, by ascending level; of labels the most probable ones. Empty without. */
  readonly intervals: readonly ShownInterval[]
  readonly edge: { readonly shown: boolean; readonly eValue: number; readonly n: number } | null
  /** What contribution pay found; null in topics of reference pay. */
  readonly contribution: ShownContribution | null
  readonly skipped: readonly { readonly who: string; readonly field: string; readonly reason: string }[]
  readonly state: ScoringState
}
