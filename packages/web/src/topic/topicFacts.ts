import type { Topic as Base } from '@starling/protocol/gen/emissions/v10/types_pb'
import type { Topic, TopicPolicy as TopicPolicyMessage } from '@starling/protocol/gen/starling/v1/topics_pb'
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
  /** Name and value of what else was fixed when the topic was created. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

/** Reads a topic; undefined where it is of a kind that this version does not know. */
export function topicFacts({ base, policy: wire, name }: Topic): TopicFacts | undefined {
  if (base === undefined || wire === undefined) return undefined
  try {
    const policy = parsePolicy(wire)
    const outputs = outputKindOf(policy) === 'quantiles' ? wire.levels : policy.labels
    return { id: base.id, name, policy, outputs, epochLength: base.epochLength, parameters: parametersOf(base, wire) }
  } catch {
    return undefined
  }
}

function parametersOf(base: Base, policy: TopicPolicyMessage): TopicFacts['parameters'] {
  const blocks = (count: bigint): string => `${count} ${count === 1n ? 'block' : 'blocks'}`
  const sealed: TopicFacts['parameters'] = [
    ['commitments of models', blocks(policy.workerCommitWindow)],
    ['reveals of models', blocks(policy.workerRevealWindow)],
    ['commitments of reputers', blocks(policy.truthCommitWindow)],
    ['reveals of reputers', blocks(policy.truthRevealWindow)],
  ]
  return [
    ['submissions take', blocks(base.workerSubmissionWindow)],
    ['the truth comes after', blocks(base.groundTruthLag)],
    ...(policy.workerCommitWindow === 0n ? [] : sealed),
    ['p (reward norm)', base.pNorm],
    ['c (reward norm)', base.cNorm],
    ['α of regrets', base.alphaRegret],
    ['ε', base.epsilon],
    ['α of merit', base.meritSortitionAlpha],
    ['quantile of active inferers', base.activeInfererQuantile],
    ['quantile of active forecasters', base.activeForecasterQuantile],
    ['quantile of active reputers', base.activeReputerQuantile],
    ['created by', base.creator],
    ['metadata', base.metadata],
  ]
}
