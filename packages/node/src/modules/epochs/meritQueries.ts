import { create } from '@bufbuild/protobuf'
import { type Score, ScoreSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { StateReader } from '../../app/context.ts'
import type { Query } from '../../app/query.ts'
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { type TopicContext, topicQuery } from '../topics/topicQuery.ts'
import { listOpenWindows } from './openWindows.ts'
import { getInitialMerit, getMerit, getQuantile, listActive } from './view.ts'

/** What the reference asks about the smoothed scores that decide about admission: merits. */
export const meritQueries: readonly Query[] = [
  topicQuery('GetInfererScoreEma', '/inferer_score_ema/{topic_id}/{inferer}', {
    request: q.GetInfererScoreEmaRequestSchema,
    response: q.GetInfererScoreEmaResponseSchema,
    run: ({ state, topic }, { inferer }) => ({
      score: meritOf(state, 'inferer', topic.id, readAddress('inferer', inferer)),
    }),
  }),
  topicQuery('GetForecasterScoreEma', '/forecaster_score_ema/{topic_id}/{forecaster}', {
    request: q.GetForecasterScoreEmaRequestSchema,
    response: q.GetForecasterScoreEmaResponseSchema,
    run: ({ state, topic }, { forecaster }) => ({
      score: meritOf(state, 'forecaster', topic.id, readAddress('forecaster', forecaster)),
    }),
  }),
  topicQuery('GetReputerScoreEma', '/reputer_score_ema/{topic_id}/{reputer}', {
    request: q.GetReputerScoreEmaRequestSchema,
    response: q.GetReputerScoreEmaResponseSchema,
    run: ({ state, topic }, { reputer }) => ({
      score: meritOf(state, 'reputer', topic.id, readAddress('reputer', reputer)),
    }),
  }),
  topicQuery('GetCurrentLowestInfererScore', '/current_lowest_inferer_score/{topic_id}', {
    request: q.GetCurrentLowestInfererScoreRequestSchema,
    response: q.GetCurrentLowestInfererScoreResponseSchema,
    run: (context) => ({ score: lowestMerit(context, 'inferer') }),
  }),
  topicQuery('GetCurrentLowestForecasterScore', '/current_lowest_forecaster_score/{topic_id}', {
    request: q.GetCurrentLowestForecasterScoreRequestSchema,
    response: q.GetCurrentLowestForecasterScoreResponseSchema,
    run: (context) => ({ score: lowestMerit(context, 'forecaster') }),
  }),
  topicQuery('GetCurrentLowestReputerScore', '/current_lowest_reputer_score/{topic_id}', {
    request: q.GetCurrentLowestReputerScoreRequestSchema,
    response: q.GetCurrentLowestReputerScoreResponseSchema,
    run: (context) => ({ score: lowestMerit(context, 'reputer') }),
  }),
  topicQuery('GetPreviousTopicQuantileInfererScoreEma', '/topic_quantile_inferer_score_ema/{topic_id}', {
    request: q.GetPreviousTopicQuantileInfererScoreEmaRequestSchema,
    response: q.GetPreviousTopicQuantileInfererScoreEmaResponseSchema,
    run: ({ state, topic }) => ({ value: formatDecimal(getQuantile(state, 'inferer', topic.id)) }),
  }),
  topicQuery('GetPreviousTopicQuantileForecasterScoreEma', '/topic_quantile_forecaster_score_ema/{topic_id}', {
    request: q.GetPreviousTopicQuantileForecasterScoreEmaRequestSchema,
    response: q.GetPreviousTopicQuantileForecasterScoreEmaResponseSchema,
    run: ({ state, topic }) => ({ value: formatDecimal(getQuantile(state, 'forecaster', topic.id)) }),
  }),
  topicQuery('GetPreviousTopicQuantileReputerScoreEma', '/topic_quantile_reputer_score_ema/{topic_id}', {
    request: q.GetPreviousTopicQuantileReputerScoreEmaRequestSchema,
    response: q.GetPreviousTopicQuantileReputerScoreEmaResponseSchema,
    run: ({ state, topic }) => ({ value: formatDecimal(getQuantile(state, 'reputer', topic.id)) }),
  }),
  topicQuery('GetTopicInitialInfererEmaScore', '/initial_inferer_ema_score/{topic_id}', {
    request: q.GetTopicInitialInfererEmaScoreRequestSchema,
    response: q.GetTopicInitialInfererEmaScoreResponseSchema,
    run: ({ state, topic }) => ({ score: formatDecimal(getInitialMerit(state, 'inferer', topic.id)) }),
  }),
  topicQuery('GetTopicInitialForecasterEmaScore', '/initial_forecaster_ema_score/{topic_id}', {
    request: q.GetTopicInitialForecasterEmaScoreRequestSchema,
    response: q.GetTopicInitialForecasterEmaScoreResponseSchema,
    run: ({ state, topic }) => ({ score: formatDecimal(getInitialMerit(state, 'forecaster', topic.id)) }),
  }),
  topicQuery('GetTopicInitialReputerEmaScore', '/initial_reputer_ema_score/{topic_id}', {
    request: q.GetTopicInitialReputerEmaScoreRequestSchema,
    response: q.GetTopicInitialReputerEmaScoreResponseSchema,
    run: ({ state, topic }) => ({ score: formatDecimal(getInitialMerit(state, 'reputer', topic.id)) }),
  }),
]

/** An address's merit; who has none yet has that of newcomers, of block 0. */
function meritOf(state: StateReader, role: SubmitterRole, topicId: bigint, address: string): Score {
  const known = getMerit(state, role, topicId, address)
  if (known !== undefined) return known
  const score = formatDecimal(getInitialMerit(state, role, topicId))
  return create(ScoreSchema, { topicId, blockHeight: 0n, address, score })
}

/** The least merit in the active set that is being filled; of equals that of the highest address, which leaves first. */
function lowestMerit(context: TopicContext, role: SubmitterRole): Score {
  const { state, topic } = context
  const [epoch] = listOpenWindows(context, role === 'reputer' ? 'truth' : 'work', topic.id)
  const members = epoch === undefined ? [] : listActive(state, role, topic.id, epoch.nonce)
  const [first, ...others] = members.map((address) => meritOf(state, role, topic.id, address))
  if (first === undefined) throw new QueryError('NOT_FOUND', `no ${role} of topic ${topic.id} has submitted now`)
  return others.reduce((least, one) => (readDecimal(one.score) <= readDecimal(least.score) ? one : least), first)
}
