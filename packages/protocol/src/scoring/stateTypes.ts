import type { Address } from './types.ts'
import type { VerifiedState } from './verified/verifiedTypes.ts'

/** What the scoring remembers of one inferer. Families by the worker withheld or added, SPEC math 8.2. */
export type InfererState = {
  readonly regret: number | null
  readonly naiveRegret: number | null
  /** Regret while inferer j' is withheld, by j' (itself included). */
  readonly withoutInferer: Readonly<Record<Address, number>>
  /** Regret while forecaster k' is withheld, by k'. */
  readonly withoutForecaster: Readonly<Record<Address, number>>
  /** Regret while forecaster k alone joins the naive set, by k. */
  readonly withForecaster: Readonly<Record<Address, number>>
  /** Normalised weight at the last settlement. */
  readonly weight: number
  /** Number of settled epochs that paid this worker. */
  readonly inclusions: number
  /** Smoothed reward fraction, null before the first. */
  readonly rewardFraction: number | null
  /** Nonce of the last settled epoch it took part in; bounds what is remembered. */
  readonly lastNonce: number
}

/** What the scoring remembers of one forecaster. */
export type ForecasterState = {
  readonly regret: number | null
  readonly withoutInferer: Readonly<Record<Address, number>>
  readonly withoutForecaster: Readonly<Record<Address, number>>
  /** Regret of the forecaster alone beside the naive set. */
  readonly withSelf: number | null
  readonly weight: number
  readonly inclusions: number
  readonly rewardFraction: number | null
  readonly lastNonce: number
}

/** What the scoring remembers of one reputer. */
export type ReputerState = {
  readonly listeningCoefficient: number
  readonly rewardFraction: number | null
  readonly lastNonce: number
}

/** Everything one topic's scoring carries from epoch to epoch: plain data, JSON-safe, no NaN. */
export type ScoringState = {
  /** 0 exactly while all workers are new. */
  readonly initialRegret: number
  /** Stored regret scale; 0 = never stored. */
  readonly regretScale: number
  /** Combined loss of the newest settled epoch, on the regret scale (log10); null before the first. */
  readonly combinedLoss: number | null
  readonly inferers: Readonly<Record<Address, InfererState>>
  readonly forecasters: Readonly<Record<Address, ForecasterState>>
  readonly reputers: Readonly<Record<Address, ReputerState>>
  /** Newest first. */
  readonly infererScores: readonly number[]
  readonly forecasterScores: readonly number[]
  /** τ of the class split. */
  readonly forecasterScoreRatio: number
  readonly inferenceMadEma: number
  /** What the rules of a verified topic remember; absent before its first settlement and in topics of the reference's rules. */
  readonly verified?: VerifiedState
}
