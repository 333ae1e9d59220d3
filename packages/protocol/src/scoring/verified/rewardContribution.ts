import type { ChosenBaseline, ContributionState } from '../contribution/contributionTypes.ts'
import { forecasterShares } from '../contribution/forecasterShares.ts'
import { splitPot } from '../contribution/splitPot.ts'
import { workerShares } from '../contribution/workerShares.ts'
import { computeAttestedReputerFractions } from '../rewards/computeAttestedReputerFractions.ts'
import type { RewardedEpoch } from '../settle/rewardEpoch.ts'
import type { ScoredEpoch } from '../settle/scoreEpoch.ts'
import type { ContributionFindings } from '../settle/settleTypes.ts'
import type { TruthReport } from '../truth/agreeOnTruth.ts'
import type { AttributedValues, NetworkValues, ScoringParams } from '../types.ts'

/** Shares of everybody present, by the contribution state with this epoch in it, and the pot split by them. SPEC VT-6, VT-3 */
export function rewardContribution(input: {
  readonly contribution: ContributionState
  /** Chosen from its window. */
  readonly baseline: ChosenBaseline | null
  readonly baselines: ContributionFindings['baselines']
  readonly network: NetworkValues
  readonly scored: ScoredEpoch
  readonly reports: readonly TruthReport[]
  readonly reward: bigint
  readonly params: ScoringParams
  /** Of the reference's class split, which this rule leaves as it is. */
  readonly ratio: number
}): { readonly rewarded: RewardedEpoch; readonly findings: ContributionFindings } {
  const { contribution, baseline, baselines, network, reports } = input
  const { reputers } = input.scored.scores
  const addressesOf = (list: AttributedValues) => list.map(({ worker }) => worker)
  const inferers = workerShares(contribution, addressesOf(network.inferers), baseline)
  const forecasters = forecasterShares(contribution, addressesOf(network.forecasters), baseline?.bound ?? 0)
  const close = reputers.map(({ value }, m) => ({ stake: reports[m]?.stake ?? 0n, closeness: value }))
  const ofReputers = computeAttestedReputerFractions(close)
  const fractions = {
    inferers: inferers.map(({ worker, share }) => ({ worker, value: share })),
    forecasters: forecasters.map(({ worker, share }) => ({ worker, value: share })),
    reputers: reputers.map(({ worker }, m) => ({ worker, value: ofReputers[m] ?? 0 })),
  }
  const { potInferersShare, potForecastersShare, potReputersShare } = input.params
  const parts = { inferers: potInferersShare, forecasters: potForecastersShare, reputers: potReputersShare }
  return {
    rewarded: {
      fractions,
      smoothed: fractions,
      split: { ...parts, ratio: input.ratio },
      ...splitPot(input.reward, fractions, parts),
    },
    findings: {
      baselines,
      chosen: baseline?.candidate ?? null,
      bound: baseline?.bound ?? 0,
      inferers,
      forecasters,
    },
  }
}
