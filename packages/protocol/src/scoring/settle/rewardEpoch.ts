import { entryOf } from '../entryOf.ts'
import { computeAttestedReputerFractions } from '../rewards/computeAttestedReputerFractions.ts'
import { type ClassSplit, computeClassSplit } from '../rewards/computeClassSplit.ts'
import { computeEntropy } from '../rewards/computeEntropy.ts'
import { computeWorkerFractions } from '../rewards/computeWorkerFractions.ts'
import { smoothFractions } from '../rewards/smoothFractions.ts'
import { splitCoins } from '../rewards/splitCoins.ts'
import type { ScoringState } from '../stateTypes.ts'
import type { TruthReport } from '../truth/agreeOnTruth.ts'
import type { Address, NetworkLosses, ScoringParams } from '../types.ts'
import type { ScoredEpoch } from './scoreEpoch.ts'
import type { Attributed, ByRole, Reward } from './settleTypes.ts'

/** Who gets what of an epoch's reward, and the smoothed fractions to remember. */
export type RewardedEpoch = {
  readonly fractions: ByRole
  readonly smoothed: ByRole
  readonly split: ClassSplit
  readonly rewards: readonly Reward[]
  readonly unpaid: bigint
}

type Remembered = Readonly<Record<Address, { readonly rewardFraction: number | null }>>

/** The same participants with other numbers. */
function withValues(list: Attributed, values: readonly number[]): Attributed {
  return list.map(({ worker }, i) => ({ worker, value: values[i] ?? 0 }))
}

const valuesOf = (list: Attributed): readonly number[] => list.map(({ value }) => value)

function smooth(fractions: Attributed, remembered: Remembered, alpha: number): Attributed {
  const previous = fractions.map(({ worker }) => entryOf(remembered, worker)?.rewardFraction ?? null)
  return withValues(fractions, smoothFractions(valuesOf(fractions), previous, alpha).stored)
}

/** SPEC math 11.1 for workers; stake × closeness for reputers, SPEC VT-3. */
function fractionsOf(scored: ScoredEpoch, reports: readonly TruthReport[], params: ScoringParams): ByRole {
  const { inferers, forecasters, reputers } = scored.scores
  const { epsilon } = params
  const forInferers = { p: params.pRewardInference, c: params.cRewardInference, epsilon }
  const forForecasters = { p: params.pRewardForecast, c: params.cRewardForecast, epsilon }
  const close = reputers.map(({ value }, m) => ({ stake: reports[m]?.stake ?? 0n, closeness: value }))
  return {
    inferers: withValues(inferers, computeWorkerFractions(valuesOf(inferers), scored.infererScores, forInferers)),
    forecasters: withValues(
      forecasters,
      computeWorkerFractions(valuesOf(forecasters), scored.forecasterScores, forForecasters),
    ),
    reputers: withValues(reputers, computeAttestedReputerFractions(close)),
  }
}

/** Reputers, inferers, forecasters: each one's fraction of its class's share, truncated to whole uallo. SPEC math 11.6 */
function pay(reward: bigint, fractions: ByRole, split: ClassSplit): Pick<RewardedEpoch, 'rewards' | 'unpaid'> {
  const sharesOf = (role: Reward['role'], list: Attributed, share: number) =>
    list.map(({ worker, value }) => ({ address: worker, role, share: value * share }))
  const shares = [
    ...sharesOf('reputer', fractions.reputers, split.reputers),
    ...sharesOf('inferer', fractions.inferers, split.inferers),
    ...sharesOf('forecaster', fractions.forecasters, split.forecasters),
  ]
  const { amounts, rest } = splitCoins(
    reward,
    shares.map(({ share }) => share),
  )
  const rewards = shares.map(({ address, role }, i) => ({ address, role, amount: amounts[i] ?? 0n }))
  return { rewards: rewards.filter(({ amount }) => amount > 0n), unpaid: rest }
}

/** Fractions, entropies, class split and payment of a settled epoch, conserving the reward to the unit. SPEC math 11 */
export function rewardEpoch(input: {
  readonly params: ScoringParams
  readonly state: ScoringState
  readonly losses: NetworkLosses
  readonly scored: ScoredEpoch
  readonly reports: readonly TruthReport[]
  readonly reward: bigint
}): RewardedEpoch {
  const { params, state, losses, scored } = input
  const alpha = params.taskRewardAlpha
  const fractions = fractionsOf(scored, input.reports, params)
  const smoothed = {
    inferers: smooth(fractions.inferers, state.inferers, alpha),
    forecasters: smooth(fractions.forecasters, state.forecasters, alpha),
    reputers: smooth(fractions.reputers, state.reputers, alpha),
  }
  const split = computeClassSplit({
    entropies: {
      inferers: computeEntropy(valuesOf(smoothed.inferers), params.betaEntropy),
      forecasters: computeEntropy(valuesOf(smoothed.forecasters), params.betaEntropy),
      reputers: computeEntropy(valuesOf(smoothed.reputers), params.betaEntropy),
    },
    taskScore: losses.naive - losses.combined,
    infererScores: valuesOf(scored.scores.inferers),
    previousRatio: state.forecasterScoreRatio,
    alpha,
  })
  return { fractions, smoothed, split, ...pay(input.reward, fractions, split) }
}
