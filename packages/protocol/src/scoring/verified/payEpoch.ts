import { chooseBaseline } from '../contribution/chooseBaseline.ts'
import type { ContributionState } from '../contribution/contributionTypes.ts'
import { type RewardedEpoch, rewardEpoch } from '../settle/rewardEpoch.ts'
import { type ScoredEpoch, scoreEpoch } from '../settle/scoreEpoch.ts'
import type { ContributionFindings, EpochLosses, SettleInput } from '../settle/settleTypes.ts'
import type { TruthReport } from '../truth/agreeOnTruth.ts'
import type { NetworkValues } from '../types.ts'
import { contributionScores } from './contributionScores.ts'
import { rewardContribution } from './rewardContribution.ts'

/**
 * Scores and rewards of a settled epoch by its topic's pay rule. `contribution` is what contribution pay remembers with
 * this epoch in it, and the guesses that the epoch was held against; null in topics of reference pay. SPEC VT-6, math 9, 11
 */
export function payEpoch(
  input: SettleInput,
  epoch: {
    readonly network: NetworkValues
    readonly losses: EpochLosses
    readonly truth: number
    readonly reports: readonly TruthReport[]
    readonly contribution: {
      readonly state: ContributionState
      readonly baselines: ContributionFindings['baselines']
    } | null
  },
): {
  readonly scored: ScoredEpoch
  readonly rewarded: RewardedEpoch
  readonly findings: ContributionFindings | null
} {
  const { network, truth, reports, contribution } = epoch
  const { priorUpdate: state, missed, reward } = input
  const { policy, params } = input.topic
  const losses = epoch.losses.log
  const common = { policy, params, state, losses, reports, truth }
  if (contribution === null) {
    const scored = scoreEpoch({ ...common, contribution: null })
    return { scored, rewarded: rewardEpoch({ params, state, losses, scored, reports, reward }), findings: null }
  }
  const baseline = chooseBaseline(contribution.state.window)
  const scores = contributionScores({ state: contribution.state, baseline, network, missed })
  const scored = scoreEpoch({ ...common, contribution: scores })
  const { baselines } = contribution
  const { rewarded, findings } = rewardContribution({
    ...{ contribution: contribution.state, baseline, baselines, network, scored, reports, reward, params },
    ratio: state.forecasterScoreRatio,
  })
  return { scored, rewarded, findings }
}
