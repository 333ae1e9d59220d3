import { baselineValues } from '../contribution/baselineValues.ts'
import { contributionEpochOf } from '../contribution/contributionEpochOf.ts'
import type { ContributionEpoch } from '../contribution/contributionTypes.ts'
import { newContribution } from '../contribution/newContribution.ts'
import type { ContributionFindings, SettleInput } from '../settle/settleTypes.ts'
import type { NetworkLosses, NetworkValues } from '../types.ts'

/** A settled epoch as contribution pay takes it: with the guesses that stood when its answer was published. SPEC VT-6 */
export function contributionOf(
  input: SettleInput,
  epoch: { readonly network: NetworkValues; readonly losses: NetworkLosses; readonly truth: number },
): { readonly epoch: ContributionEpoch; readonly baselines: ContributionFindings['baselines'] } {
  const { topic, prior, lastAnswer = null, missed } = input
  const { baseline } = prior.verified?.contribution ?? newContribution()
  const guesses = baselineValues(baseline, topic.policy, lastAnswer)
  const entered = contributionEpochOf({
    policy: topic.policy,
    ...epoch,
    baselines: guesses,
    missedWorkers: missed?.inferers ?? [],
    missedForecasters: missed?.forecasters ?? [],
  })
  const baselines = guesses.map((values, i) => ({ values, loss: entered.baselineLosses[i] ?? 0 }))
  return { epoch: entered, baselines }
}
