import type { MessageInitShape } from '@bufbuild/protobuf'
import type {
  ContributionSchema,
  EpochRecordSchema,
  NetworkLossesSchema,
  NetworkValuesSchema,
} from '../../gen/starling/v1/epochs_pb.ts'
import type { ContributionShare } from '../../scoring/contribution/contributionTypes.ts'
import { entriesOf } from '../../scoring/entriesOf.ts'
import type { ContributionFindings, SettleOutcome } from '../../scoring/settle/settleTypes.ts'
import type {
  AttributedLosses,
  AttributedValues,
  NetworkLosses,
  NetworkValues,
  TopicPolicy,
} from '../../scoring/types.ts'

type RecordInit = MessageInitShape<typeof EpochRecordSchema>

/** The part of an epoch's record that its settlement decides. SPEC GR-3 */
export function toRecord(policy: TopicPolicy, outcome: SettleOutcome): RecordInit {
  const { status, reason, truth, network, losses, scores, fractions, split, state } = outcome
  const label = truth === null ? undefined : policy.labels[truth]
  return {
    status,
    reason: reason ?? '',
    ...(truth !== null && label === undefined ? { truth } : {}),
    truthLabel: label ?? '',
    ...(network === null ? {} : { network: toNetwork(network) }),
    ...(losses === null ? {} : { losses: toLosses(losses.raw), logLosses: toLosses(losses.log) }),
    ...(status === 'settled' ? { ...membersOf(state), split: { ...split } } : {}),
    ...(outcome.contribution === null ? {} : { contribution: toContribution(outcome.contribution) }),
    scores: toRoles(scores),
    fractions: toRoles(fractions),
    unpaid: outcome.unpaid.toString(),
    payouts: outcome.rewards.map(({ address, role, amount }) => ({ address, role, amount: amount.toString() })),
  }
}

/** Regrets and normalised weights of inferers and forecasters, as they are after the epoch. */
function membersOf({ inferers, forecasters }: SettleOutcome['state']): Pick<RecordInit, 'regrets' | 'weights'> {
  const members = [...entriesOf(inferers), ...entriesOf(forecasters)]
  return {
    regrets: members.flatMap(([address, { regret }]) => (regret === null ? [] : [{ address, value: regret }])),
    weights: members.map(([address, { weight }]) => ({ address, value: weight })),
  }
}

function toNetwork(network: NetworkValues): MessageInitShape<typeof NetworkValuesSchema> {
  const each = (list: AttributedValues) => list.map(({ worker, values }) => ({ worker, values: [...values] }))
  return {
    combined: [...network.combined],
    naive: [...network.naive],
    inferers: each(network.inferers),
    forecasters: each(network.forecasters),
    oneOutInferers: each(network.oneOutInferers),
    oneOutForecasters: each(network.oneOutForecasters),
    oneInForecasters: each(network.oneInForecasters),
    oneOutInfererForecasters: network.oneOutInfererForecasters.map(({ forecaster, withheldInferer, values }) => ({
      forecaster,
      withheldInferer,
      values: [...values],
    })),
    weights: network.weights.map(({ worker, weight }) => ({ address: worker, value: weight })),
  }
}

function toLosses(losses: NetworkLosses): MessageInitShape<typeof NetworkLossesSchema> {
  const each = (list: AttributedLosses) => list.map(({ worker, loss }) => ({ address: worker, value: loss }))
  return {
    combined: losses.combined,
    naive: losses.naive,
    inferers: each(losses.inferers),
    forecasters: each(losses.forecasters),
    oneOutInferers: each(losses.oneOutInferers),
    oneOutForecasters: each(losses.oneOutForecasters),
    oneInForecasters: each(losses.oneInForecasters),
    oneOutInfererForecasters: losses.oneOutInfererForecasters.map((cell) => ({ ...cell })),
  }
}

function toRoles({ inferers, forecasters, reputers }: SettleOutcome['scores']): NonNullable<RecordInit['scores']> {
  const each = (list: SettleOutcome['scores']['inferers']) =>
    list.map(({ worker, value }) => ({ address: worker, value }))
  return { inferers: each(inferers), forecasters: each(forecasters), reputers: each(reputers) }
}

function toContribution(found: ContributionFindings): MessageInitShape<typeof ContributionSchema> {
  const each = (list: readonly ContributionShare[]) => list.map(({ worker, ...rest }) => ({ address: worker, ...rest }))
  return {
    baselines: found.baselines.map(({ values, loss }) => ({ values: [...values], loss })),
    ...(found.chosen === null ? {} : { chosen: found.chosen }),
    bound: found.bound,
    inferers: each(found.inferers),
    forecasters: each(found.forecasters),
  }
}
