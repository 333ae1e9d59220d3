import { admitReports } from '../../scoring/settle/admitReports.ts'
import { payEpoch } from '../../scoring/verified/payEpoch.ts'
import type { Replayed } from '../types.ts'
import type { SettledParts } from './types.ts'

/** The steps of a settlement by the functions that settle; undefined where the epoch is not settled. */
export function settledParts({ input, outcome }: Replayed): SettledParts | undefined {
  const { network, losses, truth } = outcome
  if (network === null || losses === null || truth === null) return undefined
  const { reports } = admitReports(input.topic.policy, input.reputers)
  const state = outcome.state.verified?.contribution ?? null
  const contribution =
    state === null || outcome.contribution === null ? null : { state, baselines: outcome.contribution.baselines }
  const { scored, rewarded, findings } = payEpoch(input, { network, losses, truth, reports, contribution })
  return {
    ...{ input, outcome, network, losses, truth, reports, scored, rewarded },
    contribution: state === null || findings === null ? null : { state, findings },
  }
}
