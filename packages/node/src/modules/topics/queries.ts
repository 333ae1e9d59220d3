import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query } from '../../app/query.ts'
import { currentWeight } from './currentWeight.ts'
import { topicQuery } from './topicQuery.ts'
import * as topics from './view.ts'

/** What the reference asks about topics. */
export const topicsQueries: readonly Query[] = [
  emissionsQuery('GetNextTopicId', '/next_topic_id', {
    request: q.GetNextTopicIdRequestSchema,
    response: q.GetNextTopicIdResponseSchema,
    run: ({ state }) => ({ nextTopicId: topics.getNextTopicId(state) }),
  }),
  topicQuery('GetTopic', '/topics/{topic_id}', {
    request: q.GetTopicRequestSchema,
    response: q.GetTopicResponseSchema,
    run: ({ state, topic }) => ({
      topic: topic.base,
      weight: formatDecimal(currentWeight(state, topic)),
      effectiveRevenue: topics.getRevenue(state, topic.id).toString(),
      topicStake: topics.getTopicStake(state, topic.id).toString(),
    }),
  }),
  emissionsQuery('TopicExists', '/topic_exists/{topic_id}', {
    request: q.TopicExistsRequestSchema,
    response: q.TopicExistsResponseSchema,
    run: ({ state }, { topicId }) => ({ exists: topics.getTopic(state, topicId) !== undefined }),
  }),
  topicQuery('IsTopicActive', '/is_topic_active/{topic_id}', {
    request: q.IsTopicActiveRequestSchema,
    response: q.IsTopicActiveResponseSchema,
    run: ({ state, topic }) => ({ isActive: topics.getNextEpoch(state, topic.id) !== 0n }),
  }),
  topicQuery('GetPreviousTopicWeight', '/previous_topic_weight/{topic_id}', {
    request: q.GetPreviousTopicWeightRequestSchema,
    response: q.GetPreviousTopicWeightResponseSchema,
    run: ({ state, topic }) => {
      const weight = topics.getPreviousWeight(state, topic.id)
      return { weight: formatDecimal(weight ?? 0), notFound: weight === undefined }
    },
  }),
  emissionsQuery('GetTotalSumPreviousTopicWeights', '/sum_previous_total_topic_weight', {
    request: q.GetTotalSumPreviousTopicWeightsRequestSchema,
    response: q.GetTotalSumPreviousTopicWeightsResponseSchema,
    run: ({ state }) => ({ weight: formatDecimal(topics.getWeightSum(state)) }),
  }),
  topicQuery('GetTopicFeeRevenue', '/topic_fee_revenue/{topic_id}', {
    request: q.GetTopicFeeRevenueRequestSchema,
    response: q.GetTopicFeeRevenueResponseSchema,
    run: ({ state, topic }) => ({ feeRevenue: topics.getRevenue(state, topic.id).toString() }),
  }),
  // Topics whose next epoch opens in a block; one block has places for few, so that they stand on one page.
  emissionsQuery('GetActiveTopicsAtBlock', '/active_topics_at_block/{block_height}', {
    request: q.GetActiveTopicsAtBlockRequestSchema,
    response: q.GetActiveTopicsAtBlockResponseSchema,
    run: ({ state }, { blockHeight }) => ({
      topics: topics.listBucket(state, blockHeight).map((id) => topics.requireTopic(state, id).base),
    }),
  }),
  topicQuery('GetNextChurningBlockByTopicId', '/next_churning_block_by_topic_id/{topic_id}', {
    request: q.GetNextChurningBlockByTopicIdRequestSchema,
    response: q.GetNextChurningBlockByTopicIdResponseSchema,
    run: ({ state, topic }) => ({ blockHeight: topics.getNextEpoch(state, topic.id) }),
  }),
]
