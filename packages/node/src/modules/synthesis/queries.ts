import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { entryOf } from '@starling/protocol/scoring/entryOf'
import type { Query } from '../../app/query.ts'
import { readAddress } from '../../app/readAddress.ts'
import { topicQuery } from '../topics/topicQuery.ts'
import { readScoring } from './readScoring.ts'

/** What the reference asks about what the scoring remembers of a topic's participants, beside their regrets. */
export const synthesisQueries: readonly Query[] = [
  topicQuery('GetLatestInfererWeight', '/latest_inferer_weight/{topic_id}/{actor_id}', {
    request: q.GetLatestInfererWeightRequestSchema,
    response: q.GetLatestInfererWeightResponseSchema,
    run({ state, topic }, { actorId }) {
      const inferer = entryOf(readScoring(state, topic.id).inferers, readAddress('actor_id', actorId))
      return { weight: formatDecimal(inferer?.weight ?? 0) }
    },
  }),
  topicQuery('GetLatestForecasterWeight', '/latest_forecaster_weight/{topic_id}/{actor_id}', {
    request: q.GetLatestForecasterWeightRequestSchema,
    response: q.GetLatestForecasterWeightResponseSchema,
    run({ state, topic }, { actorId }) {
      const forecaster = entryOf(readScoring(state, topic.id).forecasters, readAddress('actor_id', actorId))
      return { weight: formatDecimal(forecaster?.weight ?? 0) }
    },
  }),
  topicQuery('GetLatestRegretStdNorm', '/latest_regret_stdnorm/{topic_id}', {
    request: q.GetLatestRegretStdNormRequestSchema,
    response: q.GetLatestRegretStdNormResponseSchema,
    run: ({ state, topic }) => ({ value: formatDecimal(readScoring(state, topic.id).regretScale) }),
  }),
  // Attested truth is agreed by stake alone, so that every reputer is listened to in full: the coefficient is 1.
  topicQuery('GetListeningCoefficient', '/listening_coefficient/{topic_id}/{reputer}', {
    request: q.GetListeningCoefficientRequestSchema,
    response: q.GetListeningCoefficientResponseSchema,
    run({ state, topic }, request) {
      const reputer = entryOf(readScoring(state, topic.id).reputers, readAddress('reputer', request.reputer))
      return { listeningCoefficient: { coefficient: formatDecimal(reputer?.listeningCoefficient ?? 1) } }
    },
  }),
  // Settled epochs that paid the participant.
  topicQuery('GetCountInfererInclusionsInTopic', '/count_inferer_inclusions_in_topic/{topic_id}/{inferer}', {
    request: q.GetCountInfererInclusionsInTopicRequestSchema,
    response: q.GetCountInfererInclusionsInTopicResponseSchema,
    run({ state, topic }, request) {
      const inferer = entryOf(readScoring(state, topic.id).inferers, readAddress('inferer', request.inferer))
      return { count: BigInt(inferer?.inclusions ?? 0) }
    },
  }),
  topicQuery('GetCountForecasterInclusionsInTopic', '/count_forecaster_inclusions_in_topic/{topic_id}/{forecaster}', {
    request: q.GetCountForecasterInclusionsInTopicRequestSchema,
    response: q.GetCountForecasterInclusionsInTopicResponseSchema,
    run({ state, topic }, request) {
      const { forecasters } = readScoring(state, topic.id)
      const forecaster = entryOf(forecasters, readAddress('forecaster', request.forecaster))
      return { count: BigInt(forecaster?.inclusions ?? 0) }
    },
  }),
  topicQuery('GetPreviousInferenceRewardFraction', '/previous_inference_reward_fraction/{topic_id}/{worker}', {
    request: q.GetPreviousInferenceRewardFractionRequestSchema,
    response: q.GetPreviousInferenceRewardFractionResponseSchema,
    run: ({ state, topic }, { worker }) =>
      fractionOf(entryOf(readScoring(state, topic.id).inferers, readAddress('worker', worker))),
  }),
  topicQuery('GetPreviousForecastRewardFraction', '/previous_forecast_reward_fraction/{topic_id}/{worker}', {
    request: q.GetPreviousForecastRewardFractionRequestSchema,
    response: q.GetPreviousForecastRewardFractionResponseSchema,
    run: ({ state, topic }, { worker }) =>
      fractionOf(entryOf(readScoring(state, topic.id).forecasters, readAddress('worker', worker))),
  }),
  topicQuery('GetPreviousReputerRewardFraction', '/previous_reputer_reward_fraction/{topic_id}/{reputer}', {
    request: q.GetPreviousReputerRewardFractionRequestSchema,
    response: q.GetPreviousReputerRewardFractionResponseSchema,
    run: ({ state, topic }, { reputer }) =>
      fractionOf(entryOf(readScoring(state, topic.id).reputers, readAddress('reputer', reputer))),
  }),
]

/** The smoothed share of a class's reward. SPEC math 11.3 */
function fractionOf(participant: { readonly rewardFraction: number | null } | undefined): {
  rewardFraction: string
  notFound: boolean
} {
  const fraction = participant?.rewardFraction ?? null
  return { rewardFraction: formatDecimal(fraction ?? 0), notFound: fraction === null }
}
