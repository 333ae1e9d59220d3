import type { Topic } from '@starling/protocol/gen/starling/v1/topics_pb'
import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy } from '@starling/protocol/scoring/types'

/** What a page shows of a topic; none of it ever changes. Texts are as the chain has them. */
export type TopicFacts = {
  readonly id: bigint
  readonly name: string
  readonly policy: TopicPolicy
  /** Names of the outputs in the policy's order: labels, or quantile levels; empty for one number. */
  readonly outputs: readonly string[]
  readonly epochLength: bigint
}

/** Reads a topic; undefined where it is of a kind that this version does not know. */
export function topicFacts({ base, policy: wire, name }: Topic): TopicFacts | undefined {
  if (base === undefined || wire === undefined) return undefined
  try {
    const policy = parsePolicy(wire)
    const outputs = outputKindOf(policy) === 'quantiles' ? wire.levels : policy.labels
    return { id: base.id, name, policy, outputs, epochLength: base.epochLength }
  } catch {
    return undefined
  }
}
