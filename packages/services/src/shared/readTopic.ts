import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { ModelTopic } from '../models/types.ts'

/** What a daemon needs to know of its topic; none of it ever changes. */
export type TopicFacts = {
  readonly id: bigint
  readonly name: string
  readonly policy: TopicPolicy
  /** Names of the outputs in the policy's order: labels, or quantile levels as text; empty for one number. */
  readonly outputs: readonly string[]
  readonly epochLength: bigint
  readonly groundTruthLag: bigint
  readonly forModel: ModelTopic
}

/** Reads a topic as the chain shows or stores it. */
export function readTopic(view: Pick<TopicView, 'topic'>): TopicFacts {
  const { base, policy: wire, name = '' } = view.topic ?? {}
  if (base === undefined || wire === undefined) throw new TypeError('the node answered with a topic without a policy')
  const policy = parsePolicy(wire)
  const outputs = outputKindOf(policy) === 'quantiles' ? wire.levels : policy.labels
  return {
    id: base.id,
    name,
    policy,
    outputs,
    epochLength: base.epochLength,
    groundTruthLag: base.groundTruthLag,
    forModel: {
      id: Number(base.id),
      name,
      unit: policy.unit,
      loss: policy.loss,
      labels: outputs,
      domain: policy.domain,
    },
  }
}
