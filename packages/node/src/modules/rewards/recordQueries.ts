import type { MessageInitShape } from '@bufbuild/protobuf'
import type { ForecastsSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { InferencesSchema } from '@starling/protocol/gen/emissions/v10/types_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import type { Query } from '../../app/query.ts'
import { type TopicContext, topicQuery } from '../topics/topicQuery.ts'
import { findAnswer, findNetwork } from './findNetwork.ts'
import { findRecord } from './findRecord.ts'
import { findWork } from './findWork.ts'
import { lossBundle } from './lossBundle.ts'
import { networkBundle } from './networkBundle.ts'

/** What the reference asks about the values of an epoch; its block height is the nonce. */
export const recordQueries: readonly Query[] = [
  topicQuery('GetInferencesAtBlock', '/inferences/{topic_id}/{block_height}', {
    request: q.GetInferencesAtBlockRequestSchema,
    response: q.GetInferencesAtBlockResponseSchema,
    run: (context, { blockHeight }) => ({ inferences: inferencesOf(context, blockHeight) }),
  }),
  topicQuery('GetLatestTopicInferences', '/latest_inferences/{topic_id}', {
    request: q.GetLatestTopicInferencesRequestSchema,
    response: q.GetLatestTopicInferencesResponseSchema,
    run(context, { topicId }) {
      const { nonce } = findAnswer(context.state, topicId)
      return { inferences: inferencesOf(context, nonce), blockHeight: nonce }
    },
  }),
  topicQuery('GetForecastsAtBlock', '/forecasts/{topic_id}/{block_height}', {
    request: q.GetForecastsAtBlockRequestSchema,
    response: q.GetForecastsAtBlockResponseSchema,
    run: (context, { blockHeight }) => ({ forecasts: forecastsOf(context, blockHeight) }),
  }),
  topicQuery(
    'GetNetworkInferencesAtBlock',
    '/network_inferences/{topic_id}/last_inference/{block_height_last_inference}',
    {
      request: q.GetNetworkInferencesAtBlockRequestSchema,
      response: q.GetNetworkInferencesAtBlockResponseSchema,
      run({ state, topic }, { blockHeightLastInference }) {
        const answer = findAnswer(state, topic.id, blockHeightLastInference)
        return { networkInferences: networkBundle(topic.policy, answer, findNetwork(state, answer)) }
      },
    },
  ),
  topicQuery('GetLatestNetworkInferences', '/latest_network_inferences/{topic_id}', {
    request: q.GetLatestNetworkInferencesRequestSchema,
    response: q.GetLatestNetworkInferencesResponseSchema,
    run({ state, topic }) {
      const answer = findAnswer(state, topic.id)
      const networkInferences = networkBundle(topic.policy, answer, findNetwork(state, answer))
      return { networkInferences, inferenceBlockHeight: answer.nonce }
    },
  }),
  topicQuery('GetNetworkLossBundleAtBlock', '/network_loss/{topic_id}/{block_height}', {
    request: q.GetNetworkLossBundleAtBlockRequestSchema,
    response: q.GetNetworkLossBundleAtBlockResponseSchema,
    run: ({ state, topic }, { blockHeight }) => ({ lossBundle: lossBundle(findRecord(state, topic.id, blockHeight)) }),
  }),
]

/** Values in the order of the topic's outputs; extra data and proofs are not kept. */
function inferencesOf(context: TopicContext, nonce: bigint): MessageInitShape<typeof InferencesSchema> {
  const topicId = context.topic.id
  const { inferences } = findWork(context, nonce)
  return {
    inferences: inferences.map(({ worker, values }) => ({
      topicId,
      blockHeight: nonce,
      inferer: worker,
      values: values.map(formatDecimal),
    })),
  }
}

function forecastsOf(context: TopicContext, nonce: bigint): MessageInitShape<typeof ForecastsSchema> {
  const topicId = context.topic.id
  const { forecasts } = findWork(context, nonce)
  return {
    forecasts: forecasts.map(({ forecaster, elements }) => ({
      topicId,
      blockHeight: nonce,
      forecaster,
      forecastElements: elements.map(({ inferer, value }) => ({ inferer, value: formatDecimal(value) })),
    })),
  }
}
