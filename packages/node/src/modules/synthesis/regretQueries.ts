import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { entryOf } from '@starling/protocol/scoring/entryOf'
import type { ScoringState } from '@starling/protocol/scoring/stateTypes'
import type { Query } from '../../app/query.ts'
import { readAddress } from '../../app/readAddress.ts'
import { topicQuery } from '../topics/topicQuery.ts'
import { readScoring } from './readScoring.ts'

/**
 * What the reference asks about regrets. A value's height is the nonce of the last settled epoch that its participant
 * took part in; whoever has no such regret is counted with the topic's initial one, of block 0. SPEC math 8.2, 8.3
 */
export const regretQueries: readonly Query[] = [
  topicQuery('GetInfererNetworkRegret', '/inferer_network_regret/{topic_id}/{actor_id}', {
    request: q.GetInfererNetworkRegretRequestSchema,
    response: q.GetInfererNetworkRegretResponseSchema,
    run({ state, topic }, { actorId }) {
      const scoring = readScoring(state, topic.id)
      const inferer = entryOf(scoring.inferers, readAddress('actor_id', actorId))
      return { regret: regretOf(scoring, inferer, inferer?.regret) }
    },
  }),
  topicQuery('GetForecasterNetworkRegret', '/forecaster_network_regret/{topic_id}/{worker}', {
    request: q.GetForecasterNetworkRegretRequestSchema,
    response: q.GetForecasterNetworkRegretResponseSchema,
    run({ state, topic }, { worker }) {
      const scoring = readScoring(state, topic.id)
      const forecaster = entryOf(scoring.forecasters, readAddress('worker', worker))
      return { regret: regretOf(scoring, forecaster, forecaster?.regret) }
    },
  }),
  topicQuery('GetNaiveInfererNetworkRegret', '/naive_inferer_network_regret', {
    request: q.GetNaiveInfererNetworkRegretRequestSchema,
    response: q.GetNaiveInfererNetworkRegretResponseSchema,
    run({ state, topic }, request) {
      const scoring = readScoring(state, topic.id)
      const inferer = entryOf(scoring.inferers, readAddress('inferer', request.inferer))
      return { regret: regretOf(scoring, inferer, inferer?.naiveRegret) }
    },
  }),
  // With the forecaster itself in place of an inferer it is the forecaster's own regret beside the naive set.
  topicQuery('GetOneInForecasterNetworkRegret', '/one_in_forecaster_network_regret/{topic_id}/{forecaster}/{inferer}', {
    request: q.GetOneInForecasterNetworkRegretRequestSchema,
    response: q.GetOneInForecasterNetworkRegretResponseSchema,
    run({ state, topic }, request) {
      const scoring = readScoring(state, topic.id)
      const added = readAddress('forecaster', request.forecaster)
      const address = readAddress('inferer', request.inferer)
      if (address === added) {
        const forecaster = entryOf(scoring.forecasters, added)
        return { regret: regretOf(scoring, forecaster, forecaster?.withSelf) }
      }
      const inferer = entryOf(scoring.inferers, address)
      return { regret: regretOf(scoring, inferer, entryOf(inferer?.withForecaster, added)) }
    },
  }),
  topicQuery('GetOneOutInfererInfererNetworkRegret', '/one_out_inferer_inferer_network_regret', {
    request: q.GetOneOutInfererInfererNetworkRegretRequestSchema,
    response: q.GetOneOutInfererInfererNetworkRegretResponseSchema,
    run({ state, topic }, request) {
      const scoring = readScoring(state, topic.id)
      const inferer = entryOf(scoring.inferers, readAddress('inferer', request.inferer))
      const withheld = readAddress('one_out_inferer', request.oneOutInferer)
      return { regret: regretOf(scoring, inferer, entryOf(inferer?.withoutInferer, withheld)) }
    },
  }),
  topicQuery('GetOneOutInfererForecasterNetworkRegret', '/one_out_inferer_forecaster_network_regret', {
    request: q.GetOneOutInfererForecasterNetworkRegretRequestSchema,
    response: q.GetOneOutInfererForecasterNetworkRegretResponseSchema,
    run({ state, topic }, request) {
      const scoring = readScoring(state, topic.id)
      const forecaster = entryOf(scoring.forecasters, readAddress('forecaster', request.forecaster))
      const withheld = readAddress('one_out_inferer', request.oneOutInferer)
      return { regret: regretOf(scoring, forecaster, entryOf(forecaster?.withoutInferer, withheld)) }
    },
  }),
  topicQuery('GetOneOutForecasterInfererNetworkRegret', '/one_out_forecaster_inferer_network_regret', {
    request: q.GetOneOutForecasterInfererNetworkRegretRequestSchema,
    response: q.GetOneOutForecasterInfererNetworkRegretResponseSchema,
    run({ state, topic }, request) {
      const scoring = readScoring(state, topic.id)
      const inferer = entryOf(scoring.inferers, readAddress('inferer', request.inferer))
      const withheld = readAddress('one_out_forecaster', request.oneOutForecaster)
      return { regret: regretOf(scoring, inferer, entryOf(inferer?.withoutForecaster, withheld)) }
    },
  }),
  topicQuery('GetOneOutForecasterForecasterNetworkRegret', '/one_out_forecaster_forecaster_network_regret', {
    request: q.GetOneOutForecasterForecasterNetworkRegretRequestSchema,
    response: q.GetOneOutForecasterForecasterNetworkRegretResponseSchema,
    run({ state, topic }, request) {
      const scoring = readScoring(state, topic.id)
      const forecaster = entryOf(scoring.forecasters, readAddress('forecaster', request.forecaster))
      const withheld = readAddress('one_out_forecaster', request.oneOutForecaster)
      return { regret: regretOf(scoring, forecaster, entryOf(forecaster?.withoutForecaster, withheld)) }
    },
  }),
]

function regretOf(
  { initialRegret }: ScoringState,
  participant: { readonly lastNonce: number } | undefined,
  regret: number | null | undefined,
): { blockHeight: bigint; value: string } {
  if (participant === undefined || regret === null || regret === undefined) {
    return { blockHeight: 0n, value: formatDecimal(initialRegret) }
  }
  return { blockHeight: BigInt(participant.lastNonce), value: formatDecimal(regret) }
}
