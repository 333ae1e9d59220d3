import { describe, expect, it } from 'vitest'
import { checkValues } from './losses/checkValues.ts'
import { computeLoss } from './losses/computeLoss.ts'
import { toRegretScale } from './losses/toRegretScale.ts'
import { computeNetworkLosses } from './settle/computeNetworkLosses.ts'
import { numberPolicy } from './testing/numberPolicy.ts'
import { vectorStage } from './testing/vectorStage.ts'
import { agreeOnTruth } from './truth/agreeOnTruth.ts'
import { reputerCloseness } from './truth/reputerCloseness.ts'
import type { NetworkValues, TopicPolicy, Values } from './types.ts'

type Kind = 'number' | 'labels' | 'event'
type TruthCase = {
  readonly kind: Kind
  readonly tolerance: number
  readonly minReputers: number
  readonly minStake: number
  readonly reports: readonly { readonly reputer: string; readonly value: number; readonly stake: number }[]
}

const policyOf: Readonly<Record<Kind, Partial<TopicPolicy>>> = {
  number: {},
  labels: { loss: 'cross-entropy', labels: ['a', 'b', 'c', 'd'] },
  event: { loss: 'log-loss' },
}

const agreedTruth = vectorStage<TruthCase>('agreedTruth', ({ kind, tolerance, minReputers, minStake, reports }) => {
  const policy = { ...numberPolicy, ...policyOf[kind], tolerance, minReputers, minStake: BigInt(minStake) }
  const agreement = agreeOnTruth(
    policy,
    reports.map((r) => ({ ...r, stake: BigInt(r.stake) })),
  )
  if (agreement.contested) return null
  const { truth } = agreement
  return {
    truth,
    closeness: reports.map(({ value }) => reputerCloseness(value, truth, tolerance, kind !== 'number')),
  }
})

type LossCase = Pick<TopicPolicy, 'loss' | 'lossParameter' | 'levels'> & { values: Values; truth: number }
const losses = vectorStage<LossCase>('losses', (i) => {
  const raw = computeLoss(i, i.values, i.truth)
  return { raw, log: toRegretScale(raw, i.loss) }
})

type DomainCase = Pick<TopicPolicy, 'loss' | 'labels' | 'levels' | 'domain'> & { values: Values }
const domains = vectorStage<DomainCase>(
  'domains',
  ({ values, ...policy }) => checkValues({ ...numberPolicy, ...policy }, values) === null,
)

type NetworkLossCase = { policy: Partial<TopicPolicy>; truth: number; network: Omit<NetworkValues, 'weights'> }
const networkLosses = vectorStage<NetworkLossCase>('networkLosses', ({ policy, truth, network }) =>
  computeNetworkLosses({ ...numberPolicy, ...policy }, { ...network, weights: [] }, truth),
)

describe.each([agreedTruth, losses, domains, networkLosses])('$title', ({ cases }) => {
  it('has at least 50 cases', () => expect(cases.length).toBeGreaterThanOrEqual(50))
  it.each(cases)('$name', ({ differences }) => expect(differences()).toEqual([]))
})
