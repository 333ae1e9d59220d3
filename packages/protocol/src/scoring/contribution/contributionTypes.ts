import type { Address, Values } from '../types.ts'

/** What is remembered of one worker in one settled epoch: a number, or that it was silent, or that it committed and did not reveal. */
export type Entry = number | 'absent' | 'missed'

/** What is remembered of one settled epoch for all: `memory` (K) of these. SPEC VT-6 */
export type WindowEpoch = {
  /** Loss of each baseline candidate. */
  readonly baselines: readonly number[]
  /** 75 % quantile of the workers' losses: the loss that an absent one is held to. SPEC VT-2 */
  readonly absentLoss: number
  /** 25 % quantile of the forecasters' gains, 0 for none. */
  readonly absentGain: number
}

/**
 * One contributor since its admission: its losses, or what a forecaster takes off the network's loss (at most K), and
 * residuals (at most 200), newest last; an absent residual is empty.
 */
export type ContributorState = { readonly entries: readonly Entry[]; readonly residuals: readonly Values[] }

/** What model-free guesses are made of. */
export type BaselineState = {
  /** Newest 201 truths, oldest first; for labels their indices. */
  readonly truths: readonly number[]
  readonly epochs: number
  /** Mean of all truths; unused for labels. */
  readonly mean: number
  /** How often each label was true; for events how often they came true. */
  readonly counts: readonly number[]
}

/** Everything contribution pay carries from epoch to epoch: plain data, JSON-safe, no NaN. SPEC VT-6 */
export type ContributionState = {
  readonly baseline: BaselineState
  /** Newest last, at most K. */
  readonly window: readonly WindowEpoch[]
  readonly workers: Readonly<Record<Address, ContributorState>>
  readonly forecasters: Readonly<Record<Address, ContributorState>>
}

/** One settled epoch as contribution pay sees it; participants in ascending address order. */
export type ContributionEpoch = {
  /** Losses of the candidates of `baselineValues` as they stood when the worker window closed; empty before the first truth. */
  readonly baselineLosses: readonly number[]
  readonly truth: number
  readonly workers: readonly { readonly worker: Address; readonly loss: number; readonly residual: Values }[]
  /** Workers who committed and did not reveal. */
  readonly missedWorkers: readonly Address[]
  /** Gain = loss of the network without the forecaster − loss of the network; residual of its implied value. */
  readonly forecasters: readonly { readonly worker: Address; readonly gain: number; readonly residual: Values }[]
  readonly missedForecasters: readonly Address[]
}

/** The baseline of the last K epochs: its losses, and the bound 4 × their median at which differences are clipped. SPEC VT-6 */
export type ChosenBaseline = { readonly candidate: number; readonly losses: readonly number[]; readonly bound: number }

/** Skill in units of the baseline's clip bound. */
export type RelativeSkill = { readonly worker: Address; readonly skill: number }

/** One participant's pay: skill in units of loss, weight in the least-variance combination, share of its class's pot. */
export type ContributionShare = {
  readonly worker: Address
  readonly skill: number
  readonly weight: number
  readonly share: number
}
