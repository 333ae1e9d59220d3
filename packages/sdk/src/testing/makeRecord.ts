import { create } from '@bufbuild/protobuf'
import { type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { TopicPolicySchema } from '@starling/protocol/gen/starling/v1/topics_pb'
import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { computeLoss } from '@starling/protocol/scoring/losses/computeLoss'
import type { TopicPolicy } from '@starling/protocol/scoring/types'

const words = { unit: 'u', horizon: 'h', resolution: 'r' }

/** A policy with squared loss. */
export const squaredPolicy: TopicPolicy = parsePolicy(
  create(TopicPolicySchema, { ...words, loss: 'squared', domainLowest: '-100', domainHighest: '100', tolerance: '1' }),
)

/** A policy with three labels. */
export const labelPolicy: TopicPolicy = parsePolicy(
  create(TopicPolicySchema, { ...words, loss: 'cross-entropy', labels: ['down', 'flat', 'up'] }),
)

/** A settled epoch: who predicted what, the network's answer, and rewards by address. */
export function makeRecord(
  policy: TopicPolicy,
  nonce: bigint,
  truth: number | string,
  values: Readonly<Record<string, readonly number[]>>,
  more: { readonly combined: readonly number[]; readonly rewards?: Readonly<Record<string, bigint>> },
): EpochRecord {
  const index = typeof truth === 'string' ? policy.labels.indexOf(truth) : truth
  const lossOf = (one: readonly number[]): number => computeLoss(policy, one, index)
  const workers = Object.entries(values)
  return create(EpochRecordSchema, {
    nonce,
    status: 'settled',
    ...(typeof truth === 'string' ? { truthLabel: truth } : { truth }),
    network: {
      combined: [...more.combined],
      inferers: workers.map(([worker, one]) => ({ worker, values: [...one] })),
    },
    losses: {
      combined: lossOf(more.combined),
      inferers: workers.map(([address, one]) => ({ address, value: lossOf(one) })),
    },
    weights: workers.map(([address]) => ({ address, value: 1 / workers.length })),
    reports: [{ reputer: 'r' }],
    payouts: Object.entries(more.rewards ?? {}).map(([address, amount]) => ({
      address,
      role: address === 'r' ? 'reputer' : 'inferer',
      amount: amount.toString(),
    })),
  })
}
