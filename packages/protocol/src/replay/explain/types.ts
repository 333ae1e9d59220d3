import type { EpochRecord } from '../../gen/starling/v1/epochs_pb.ts'
import type { ContributionState } from '../../scoring/contribution/contributionTypes.ts'
import type { RewardedEpoch } from '../../scoring/settle/rewardEpoch.ts'
import type { ScoredEpoch } from '../../scoring/settle/scoreEpoch.ts'
import type { ContributionFindings, EpochLosses, SettleInput, SettleOutcome } from '../../scoring/settle/settleTypes.ts'
import type { TruthReport } from '../../scoring/truth/agreeOnTruth.ts'
import type { NetworkValues } from '../../scoring/types.ts'

/** Numbers that a formula takes, by name; coins as decimal text in uallo. */
export type Inputs = Readonly<Record<string, number | string>>

/** One step of the arithmetic: what it is, how it is computed, from what, and what comes out. */
export type Line = {
  readonly label: string
  readonly formula: string
  readonly inputs: Inputs
  /** Coins as decimal text in uallo. */
  readonly value: number | string
}

/** From what an address submitted to what it was paid; the last line is what it was paid. */
export type Explanation = {
  readonly lines: readonly Line[]
  /** uallo. */
  readonly paid: bigint
  /** Why it earned nothing; undefined where it earned something. */
  readonly reason: string | undefined
  /** True where the epoch is settled and its record does not name the address. */
  readonly outside: boolean
}

/** A settled epoch with the steps between its inputs and its outcome. */
export type SettledParts = {
  readonly input: SettleInput
  readonly outcome: SettleOutcome
  readonly network: NetworkValues
  readonly losses: EpochLosses
  readonly truth: number
  readonly reports: readonly TruthReport[]
  readonly scored: ScoredEpoch
  readonly rewarded: RewardedEpoch
  /** What contribution pay remembers after the epoch, and what it found; null in topics of reference pay. */
  readonly contribution: { readonly state: ContributionState; readonly findings: ContributionFindings } | null
}

/** What the lines of a role are made from. */
export type Explained = { readonly parts: SettledParts; readonly record: EpochRecord; readonly address: string }
