import { admitReports } from '../../scoring/settle/admitReports.ts'
import { rewardEpoch } from '../../scoring/settle/rewardEpoch.ts'
import { scoreEpoch } from '../../scoring/settle/scoreEpoch.ts'
import { rewardContribution } from '../../scoring/verified/rewardContribution.ts'
import type { Replayed } from '../types.ts'
import type { SettledParts } from './types.ts'

/** The steps of a settlement by the functions that settle; undefined where the epoch is not settled. */
export function settledParts({ input, outcome }: Replayed): SettledParts | undefined {
  const { network, losses, truth } = outcome
  if (network === null || losses === null || truth === null) return undefined
  const { policy, params } = input.topic
  const { reports } = admitReports(policy, input.reputers)
  const state = input.priorUpdate
  const scored = scoreEpoch({ policy, params, state, losses: losses.log, reports, truth })
  const common = { input, outcome, network, losses, truth, reports, scored }
  const contribution = outcome.state.verified?.contribution ?? null
  if (contribution === null || outcome.contribution === null) {
    const rewarded = rewardEpoch({ params, state, losses: losses.log, scored, reports, reward: input.reward })
    return { ...common, rewarded, contribution: null }
  }
  const { baselines } = outcome.contribution
  const { rewarded, findings } = rewardContribution({
    ...{ contribution, baselines, network, scored, reports, params, reward: input.reward },
    ratio: state.forecasterScoreRatio,
  })
  return { ...common, rewarded, contribution: { state: contribution, findings } }
}
