import { TopicOutputArity, TopicType } from '@starling/protocol/gen/emissions/v10/types_pb'
import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { TopicPolicy } from '@starling/protocol/gen/starling/v1/topics_pb'

/** What a topic of a fake chain is like; blocks. */
export type FakeTopic = {
  readonly id: bigint
  readonly name: string
  readonly loss: string
  readonly labels: readonly string[]
  readonly levels: readonly string[]
  readonly domain: readonly [lowest: string, highest: string]
  readonly epochLength: bigint
  readonly groundTruthLag: bigint
  readonly workerWindow: bigint
}

/** The topic as a node shows it. */
export function topicViewOf(topic: FakeTopic): TopicView {
  const { id, name, epochLength, groundTruthLag, workerWindow } = topic
  return {
    $typeName: 'starling.v1.TopicView',
    topic: {
      $typeName: 'starling.v1.Topic',
      base: {
        $typeName: 'emissions.v10.Topic',
        id,
        creator: 'allo1creator',
        metadata: '',
        lossMethod: topic.loss,
        epochLastEnded: 0n,
        epochLength,
        groundTruthLag,
        workerSubmissionWindow: workerWindow,
        ...unused,
      },
      policy: policyOf(topic),
      name,
    },
    weight: '1',
    effectiveRevenue: '0',
    stake: '0',
    active: true,
    firstNonce: 0n,
    newestNonce: 0n,
    nextEpoch: 0n,
    workers: 0n,
    reputers: 0n,
    settledEpochs: 0n,
    voidEpochs: 0n,
    contestedEpochs: 0n,
    lastSettled: 0n,
    lastAnswered: 0n,
  }
}

const unused = {
  pNorm: '3',
  alphaRegret: '0.1',
  allowNegative: false,
  epsilon: '0.01',
  initialRegret: '0',
  meritSortitionAlpha: '0.1',
  activeInfererQuantile: '0.2',
  activeForecasterQuantile: '0.2',
  activeReputerQuantile: '0.2',
  cNorm: '0.75',
  topicType: TopicType.REGRESSION,
  outputArity: TopicOutputArity.SINGLE,
  requireUnity: false,
  unityTolerance: '',
  maxLabelsPerSubmission: 0n,
  labelWhitelist: [],
  labelDefaultValue: '',
  labelCaseSensitive: false,
}

function policyOf({ loss, labels, levels, domain }: FakeTopic): TopicPolicy {
  return {
    $typeName: 'starling.v1.TopicPolicy',
    truth: 'attested',
    submissions: 'plain',
    loss,
    lossParameter: '',
    domainLowest: domain[0],
    domainHighest: domain[1],
    labels: [...labels],
    levels: [...levels],
    pay: 'reference',
    synthesis: 'regret',
    intervals: 'spread',
    memory: 100n,
    tolerance: '0.5',
    minReputers: 1n,
    minStake: '0',
    workerCommitWindow: 0n,
    workerRevealWindow: 0n,
    truthCommitWindow: 0n,
    truthRevealWindow: 0n,
    bond: '',
    unit: 'percent',
    horizon: 'next day',
    resolution: 'as observed',
  }
}
