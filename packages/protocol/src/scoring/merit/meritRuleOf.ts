import { ema } from '../../num/ema.ts'
import { applyLivenessPenalty } from '../scores/applyLivenessPenalty.ts'
import { computeInitialEmaScore } from '../scores/computeInitialEmaScore.ts'
import type { TopicPolicy } from '../types.ts'

/** What merits of somebody's role and topic are measured by. */
export type MeritTerms = {
  /** Merit of newcomers. */
  readonly initial: number
  /** The topic's quantile of the merits of those in its newest settled epoch. */
  readonly quantile: number
  /** How far a merit moves toward what it moves to, 0…1. */
  readonly alpha: number
  /** K of the topic: as long as pay remembers. SPEC VT-6 */
  readonly memory: number
}

/** How merit decides about places, and how that of those moves who have no score: who is new, stayed away, found no place. */
export type MeritRule = {
  /** Whether the score of somebody who was alone in its role says nothing. */
  readonly needsOthers: boolean
  /** Of newcomers, by the merits of those in the newest settled epoch, their quantile, and λ of the parameters. */
  readonly initial: (merits: readonly number[], quantile: number, lambda: number) => number
  /**
   * How many first scores are counted: up to then merit is their plain mean. For the first half of them somebody is on
   * trial: it stands for a place with at least the newcomers' merit. 0 for none.
   */
  readonly firstScores: (terms: Pick<MeritTerms, 'alpha' | 'memory'>) => number
  /** Of somebody who comes back after so many epochs. */
  readonly rested: (merit: number, terms: MeritTerms, missed: number) => number
  /** Of somebody who wanted a place and has none. */
  readonly refused: (merit: number, terms: MeritTerms) => number
}

/** The reference's: newcomers below everybody, all others drift to newcomers or to the quantile. SPEC math 9.5, 10.5 */
const reference: MeritRule = {
  needsOthers: true,
  initial: (merits, _quantile, lambda) => computeInitialEmaScore(merits, lambda),
  firstScores: () => 0,
  rested: (merit, { initial, alpha }, missed) => applyLivenessPenalty(merit, initial, alpha, missed),
  refused: (merit, { quantile, alpha }) => ema(alpha, quantile, merit),
}

/**
 * That of contribution pay, where a score is a difference from the baseline (`contributionScores`). Newcomers come in at
 * the quantile of those present: they can challenge the members below it, and nobody above; one unlucky epoch does not
 * end their trial. Staying away lifts no merit: a bad name cannot rest. Who
 * asks and is refused is forgiven as slowly as pay forgets. SPEC VT-6, ADR-025
 */
const contribution: MeritRule = {
  needsOthers: false,
  initial: (_merits, quantile) => quantile,
  firstScores: ({ alpha, memory }) => (alpha * memory > 1 ? Math.ceil(1 / alpha) : memory),
  rested: (merit, { initial, alpha }, missed) =>
    merit > initial ? applyLivenessPenalty(merit, initial, alpha, missed) : merit,
  refused: (merit, { initial, alpha, memory }) => ema(merit > initial ? alpha : 1 / memory, initial, merit),
}

/** The rule of a role in a topic: reputers hold places by stake, and are measured as in the reference everywhere. */
export function meritRuleOf(pay: TopicPolicy['pay'], role: 'inferer' | 'forecaster' | 'reputer'): MeritRule {
  return pay === 'contribution' && role !== 'reputer' ? contribution : reference
}
