import { boundedLoss } from '../losses/boundedLoss.ts'
import type { Address, NetworkLosses, NetworkValues, TopicPolicy, Values } from '../types.ts'
import type { ContributionEpoch } from './contributionTypes.ts'
import { residualOf } from './residualOf.ts'

/** What one settled epoch leaves for contribution pay. */
export type ContributionInput = {
  readonly policy: TopicPolicy
  readonly network: NetworkValues
  /** Raw losses of every network value. */
  readonly losses: NetworkLosses
  readonly truth: number
  /** `baselineValues` as they stood when the worker window closed. */
  readonly baselines: readonly Values[]
  /** Who committed and did not reveal, in address order. SPEC VT-2 */
  readonly missedWorkers: readonly Address[]
  readonly missedForecasters: readonly Address[]
}

/** The epoch as `advanceContribution` takes it: losses of the baselines, losses and residuals of workers, gains of forecasters. SPEC VT-6 */
export function contributionEpochOf(input: ContributionInput): ContributionEpoch {
  const { policy, network, losses, truth, baselines } = input
  const lossOf = new Map(losses.inferers.map(({ worker, loss }) => [worker, loss]))
  const withoutOf = new Map(losses.oneOutForecasters.map(({ worker, loss }) => [worker, loss]))
  return {
    truth,
    baselineLosses: baselines.map((values) => boundedLoss(policy, values, truth)),
    workers: network.inferers.map(({ worker, values }) => ({
      worker,
      loss: lossOf.get(worker) ?? 0,
      residual: residualOf(policy, values, truth),
    })),
    missedWorkers: input.missedWorkers,
    forecasters: network.forecasters.map(({ worker, values }) => ({
      worker,
      // Without the only forecaster the network is the naive one.
      gain: (withoutOf.get(worker) ?? losses.naive) - losses.combined,
      residual: residualOf(policy, values, truth),
    })),
    missedForecasters: input.missedForecasters,
  }
}
