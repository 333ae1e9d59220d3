import { outputKindOf } from '../losses/outputKindOf.ts'
import { computeForecasterScores } from '../scores/computeForecasterScores.ts'
import { computeInfererScores } from '../scores/computeInfererScores.ts'
import type { ScoringState } from '../stateTypes.ts'
import type { TruthReport } from '../truth/agreeOnTruth.ts'
import { reputerCloseness } from '../truth/reputerCloseness.ts'
import type { NetworkLosses, ScoringParams, TopicPolicy } from '../types.ts'
import type { Attributed, ByRole } from './settleTypes.ts'

/** Scores of an epoch, and the score histories with them in front. */
export type ScoredEpoch = {
  readonly scores: ByRole
  readonly infererScores: readonly number[]
  readonly forecasterScores: readonly number[]
}

/** This epoch's scores before the stored ones, cut to the newest `most`. SPEC math 11.1 */
function remember(scores: Attributed, stored: readonly number[], most: number): readonly number[] {
  return [...scores.map(({ value }) => value), ...stored].slice(0, most)
}

/**
 * Scores of an epoch, which move merit, and so decide about places: of reputers their closeness; of workers those of the
 * topic's pay rule, which are `contribution` where contribution is paid, else what the network loses without each of them
 * in log loss. Only the latter are kept for the rewards of later epochs. SPEC math 9.1, 9.2, VT-3, VT-6
 */
export function scoreEpoch(input: {
  readonly policy: TopicPolicy
  readonly params: ScoringParams
  readonly state: ScoringState
  readonly losses: NetworkLosses
  readonly reports: readonly TruthReport[]
  readonly truth: number
  /** Null in topics of reference pay. */
  readonly contribution: Pick<ByRole, 'inferers' | 'forecasters'> | null
}): ScoredEpoch {
  const { policy, params, state, losses, truth, contribution } = input
  const kind = outputKindOf(policy)
  const discrete = kind === 'labels' || kind === 'probability'
  const reputers = input.reports.map(({ reputer, value }) => ({
    worker: reputer,
    value: reputerCloseness(value, truth, policy.tolerance, discrete),
  }))
  if (contribution !== null) {
    const { infererScores, forecasterScores } = state
    return { scores: { ...contribution, reputers }, infererScores, forecasterScores }
  }
  const inferers = computeInfererScores(losses).map(({ worker, score }) => ({ worker, value: score }))
  const forecasters = computeForecasterScores(losses).map(({ worker, score }) => ({ worker, value: score }))
  const samples = params.maxSamplesToScaleScores
  return {
    scores: { inferers, forecasters, reputers },
    infererScores: remember(inferers, state.infererScores, samples * params.maxTopInferers),
    forecasterScores: remember(forecasters, state.forecasterScores, samples * params.maxTopForecasters),
  }
}
