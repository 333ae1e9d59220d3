import { boundedLoss } from '../losses/boundedLoss.ts'
import { toRegretScale } from '../losses/toRegretScale.ts'
import type { AttributedLosses, AttributedValues, NetworkLosses, NetworkValues, TopicPolicy, Values } from '../types.ts'
import type { EpochLosses } from './settleTypes.ts'

/** Every loss through one function, the shape kept. */
export function mapLosses(losses: NetworkLosses, change: (loss: number) => number): NetworkLosses {
  const each = <T extends { readonly loss: number }>(list: readonly T[]): readonly T[] =>
    list.map((entry) => ({ ...entry, loss: change(entry.loss) }))
  return {
    combined: change(losses.combined),
    naive: change(losses.naive),
    inferers: each(losses.inferers),
    forecasters: each(losses.forecasters),
    oneOutInferers: each(losses.oneOutInferers),
    oneOutForecasters: each(losses.oneOutForecasters),
    oneInForecasters: each(losses.oneInForecasters),
    oneOutInfererForecasters: each(losses.oneOutInfererForecasters),
  }
}

/** The topic's loss of every network value against the agreed truth. Beyond the doubles: the largest double. SPEC VT-4 */
export function computeNetworkLosses(policy: TopicPolicy, network: NetworkValues, truth: number): EpochLosses {
  const lossOf = (values: Values): number => boundedLoss(policy, values, truth)
  const each = (list: AttributedValues): AttributedLosses =>
    list.map(({ worker, values }) => ({ worker, loss: lossOf(values) }))
  const raw: NetworkLosses = {
    combined: lossOf(network.combined),
    naive: lossOf(network.naive),
    inferers: each(network.inferers),
    forecasters: each(network.forecasters),
    oneOutInferers: each(network.oneOutInferers),
    oneOutForecasters: each(network.oneOutForecasters),
    oneInForecasters: each(network.oneInForecasters),
    oneOutInfererForecasters: network.oneOutInfererForecasters.map(({ forecaster, withheldInferer, values }) => ({
      forecaster,
      withheldInferer,
      loss: lossOf(values),
    })),
  }
  return { raw, log: mapLosses(raw, (value) => toRegretScale(value, policy.loss)) }
}
