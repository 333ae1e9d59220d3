import { create } from '@bufbuild/protobuf'
import { type Score, ScoreSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { EpochGlance } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import type { Query } from '../../app/query.ts'
import { getParams } from '../params/view.ts'
import { type TopicContext, topicQuery } from '../topics/topicQuery.ts'
import { findRecord } from './findRecord.ts'
import { glanceAtRecords } from './readRecords.ts'

type Role = 'inferers' | 'forecasters' | 'reputers'

/** What the reference asks about scores; a score's block is the nonce of its epoch. An unsettled epoch has none. */
export const scoreQueries: readonly Query[] = [
  topicQuery('GetWorkerInferenceScoresAtBlock', '/worker_inference_scores_at_block/{topic_id}/{block_height}', {
    request: q.GetWorkerInferenceScoresAtBlockRequestSchema,
    response: q.GetWorkerInferenceScoresAtBlockResponseSchema,
    run: (context, { blockHeight }) => ({ scores: { scores: scoresAt(context, 'inferers', blockHeight) } }),
  }),
  topicQuery('GetWorkerForecastScoresAtBlock', '/worker_forecast_scores_at_block/{topic_id}/{block_height}', {
    request: q.GetWorkerForecastScoresAtBlockRequestSchema,
    response: q.GetWorkerForecastScoresAtBlockResponseSchema,
    run: (context, { blockHeight }) => ({ scores: { scores: scoresAt(context, 'forecasters', blockHeight) } }),
  }),
  topicQuery('GetReputersScoresAtBlock', '/reputers_scores_at_block/{topic_id}/{block_height}', {
    request: q.GetReputersScoresAtBlockRequestSchema,
    response: q.GetReputersScoresAtBlockResponseSchema,
    run: (context, { blockHeight }) => ({ scores: { scores: scoresAt(context, 'reputers', blockHeight) } }),
  }),
  topicQuery('GetInferenceScoresUntilBlock', '/inference_scores_until_block/{topic_id}/{block_height}', {
    request: q.GetInferenceScoresUntilBlockRequestSchema,
    response: q.GetInferenceScoresUntilBlockResponseSchema,
    run: (context, { blockHeight }) => ({ scores: scoresUntil(context, 'inferers', blockHeight) }),
  }),
  topicQuery('GetForecastScoresUntilBlock', '/forecast_scores_until_block/{topic_id}/{block_height}', {
    request: q.GetForecastScoresUntilBlockRequestSchema,
    response: q.GetForecastScoresUntilBlockResponseSchema,
    run: (context, { blockHeight }) => ({ scores: scoresUntil(context, 'forecasters', blockHeight) }),
  }),
]

function scoresAt({ state, topic }: TopicContext, role: Role, nonce: bigint): Score[] {
  return scoresOf(findRecord(state, topic.id, nonce), role)
}

/** Scores of as many closed epochs as rewards look back, newest first. */
function scoresUntil({ state, topic }: TopicContext, role: Role, upTo: bigint): Score[] {
  const limit = Number(getParams(state).maxSamplesToScaleScores)
  const epochs = glanceAtRecords(state, topic.id, { after: 0n, upTo, limit, newest: true })
  return epochs.flatMap((epoch) => scoresOf(epoch, role))
}

function scoresOf({ topicId, nonce, scores }: Pick<EpochGlance, 'topicId' | 'nonce' | 'scores'>, role: Role): Score[] {
  return (scores?.[role] ?? []).map(({ address, value }) =>
    create(ScoreSchema, { topicId, blockHeight: nonce, address, score: formatDecimal(value) }),
  )
}
