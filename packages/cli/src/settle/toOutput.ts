import { entryOf } from '@starling/protocol/scoring/entryOf'
import type {
  Attributed,
  ContributionFindings,
  SettleInput,
  SettleOutcome,
} from '@starling/protocol/scoring/settle/settleTypes'
import type { AttributedValues, NetworkValues, TopicPolicy, Values } from '@starling/protocol/scoring/types'
import type {
  NamedValues,
  Role,
  SettleOutput,
  ShownContribution,
  ShownInterval,
  ShownNetwork,
  ShownValues,
  WeightOfWorker,
} from './outputTypes.ts'
import { outputNames } from './readValues.ts'
import { skippedOf, type WorkFault } from './readWork.ts'

/** The outcome of an epoch as programs read it: coins as text, labels by name, null where nothing is defined. */
export function toOutput(input: SettleInput, outcome: SettleOutcome, leftOut: readonly WorkFault[]): SettleOutput {
  const { policy } = input.topic
  const { network, losses, state } = outcome
  const settled = outcome.status === 'settled'
  return {
    topic: input.topic.id,
    nonce: input.nonce,
    status: outcome.status,
    ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
    truth: showTruth(policy, outcome.truth),
    network: network === null ? null : showNetwork(policy, network),
    losses: losses?.raw ?? null,
    logLosses: losses?.log ?? null,
    regrets: settled
      ? [
          ...ofRole('inferer', outcome.scores.inferers, ({ worker }) => ({
            regret: entryOf(state.inferers, worker)?.regret ?? null,
          })),
          ...ofRole('forecaster', outcome.scores.forecasters, ({ worker }) => ({
            regret: entryOf(state.forecasters, worker)?.regret ?? null,
          })),
        ]
      : null,
    weights: network === null ? null : showWeights(network),
    scores: settled
      ? [
          ...ofRole('inferer', outcome.scores.inferers, ({ value }) => ({ score: value })),
          ...ofRole('forecaster', outcome.scores.forecasters, ({ value }) => ({ score: value })),
          ...ofRole('reputer', outcome.scores.reputers, ({ value }) => ({ score: value })),
        ]
      : null,
    split: outcome.split,
    rewards: outcome.rewards.map(({ address, role, amount }) => ({ address, role, amount: amount.toString() })),
    reward: input.reward.toString(),
    unpaid: outcome.unpaid.toString(),
    intervals: showIntervals(policy, outcome.answer),
    edge: outcome.answer?.edge ?? null,
    contribution: outcome.contribution === null ? null : showContribution(policy, outcome.contribution),
    skipped: [...skippedOf(leftOut), ...outcome.skipped],
    state,
  }
}

function ofRole<F extends object>(
  role: Role,
  entries: Attributed,
  field: (entry: Attributed[number]) => F,
): readonly ({ readonly address: string; readonly role: Role } & F)[] {
  return entries.map((entry) => ({ address: entry.worker, role, ...field(entry) }))
}

function showTruth(policy: TopicPolicy, truth: number | null): number | string | null {
  const label = truth === null ? undefined : policy.labels[truth]
  return label ?? truth
}

/** A prediction as it is shown, and under its field. */
function shownBy(policy: TopicPolicy): {
  readonly show: (values: Values) => ShownValues
  readonly named: (values: Values) => NamedValues
} {
  const names = outputNames(policy)
  const show = (values: Values): ShownValues =>
    names === undefined ? (values[0] ?? null) : Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]))
  return { show, named: (values) => (names === undefined ? { value: show(values) } : { values: show(values) }) }
}

function showIntervals({ labels }: TopicPolicy, answer: SettleOutcome['answer']): readonly ShownInterval[] {
  const sets = (answer?.sets?.sets ?? []).map(({ level, labels: places }) => ({
    level,
    labels: places.map((place) => labels[place] ?? ''),
  }))
  return [...(answer?.intervals?.intervals ?? []), ...sets]
}

function showContribution(policy: TopicPolicy, found: ContributionFindings): ShownContribution {
  const { named } = shownBy(policy)
  const each = (role: Role, list: ContributionFindings['inferers']) =>
    list.map(({ worker, ...rest }) => ({ address: worker, role, ...rest }))
  return {
    baselines: found.baselines.map(({ values, loss }) => ({ ...named(values), loss })),
    chosen: found.chosen,
    bound: found.bound,
    shares: [...each('inferer', found.inferers), ...each('forecaster', found.forecasters)],
  }
}

function showNetwork(policy: TopicPolicy, network: NetworkValues): ShownNetwork {
  const { show, named } = shownBy(policy)
  const each = (list: AttributedValues) => list.map(({ worker, values }) => ({ worker, ...named(values) }))
  return {
    combined: show(network.combined),
    naive: show(network.naive),
    inferers: each(network.inferers),
    forecasters: each(network.forecasters),
    oneOutInferers: each(network.oneOutInferers),
    oneOutForecasters: each(network.oneOutForecasters),
    oneInForecasters: each(network.oneInForecasters),
    oneOutInfererForecasters: network.oneOutInfererForecasters.map(({ forecaster, withheldInferer, values }) => ({
      forecaster,
      withheldInferer,
      ...named(values),
    })),
  }
}

/** Shares of the combined value, which sum to 1. A worker alone is the value. */
function showWeights({ inferers, forecasters, weights }: NetworkValues): readonly WeightOfWorker[] {
  const roles: readonly Role[] = [...inferers.map((): Role => 'inferer'), ...forecasters.map((): Role => 'forecaster')]
  const [lone] = inferers
  if (lone !== undefined && weights.length === 0) return [{ address: lone.worker, role: 'inferer', weight: 1 }]
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  return weights.map(({ worker, weight }, i) => ({
    address: worker,
    role: roles[i] ?? 'inferer',
    weight: total > 0 ? weight / total : 1 / weights.length,
  }))
}
