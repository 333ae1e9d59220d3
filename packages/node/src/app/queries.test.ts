import { create, type DescMessage, fromBinary, type Message, ScalarType, toBinary } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { messageToJson } from '../server/json/messageToJson.ts'
import { queries } from './queries.ts'
import type { Query } from './query.ts'
import { openSettledNetwork } from './testing/openSettledNetwork.ts'
import { openTestChain, type TestChain, testActor } from './testing/testChain.ts'

/** Methods of the reference's query service and their paths behind /emissions/v10, as its clients have them. SPEC wire 1.5 */
const REFERENCE = `
  GetParams /params
  GetNextTopicId /next_topic_id
  GetTopic /topics/{topic_id}
  GetInferencesAtBlock /inferences/{topic_id}/{block_height}
  GetLatestTopicInferences /latest_inferences/{topic_id}
  GetForecastsAtBlock /forecasts/{topic_id}/{block_height}
  GetNetworkLossBundleAtBlock /network_loss/{topic_id}/{block_height}
  GetTotalStake /total_stake
  GetReputerStakeInTopic /reputer_stake/{address}/{topic_id}
  GetMultiReputerStakeInTopic /reputers_stakes/{topic_id}
  GetStakeFromReputerInTopicInSelf /reputer_stake_self/{reputer_address}/{topic_id}
  GetDelegateStakeInTopicInReputer /reputer_delegate_stake/{reputer_address}/{topic_id}
  GetStakeFromDelegatorInTopicInReputer /delegate_stake/{delegator_address}/{reputer_address}/{topic_id}
  GetStakeFromDelegatorInTopic /delegate_stake/{delegator_address}/{topic_id}
  GetTopicStake /stake/{topic_id}
  GetStakeRemovalsUpUntilBlock /stake_removals/{block_height}
  GetDelegateStakeRemovalsUpUntilBlock /delegate_stake_removals/{block_height}
  GetStakeRemovalInfo /stake_removal/{topic_id}/{reputer}
  GetDelegateStakeRemovalInfo /delegate_stake_removal/{topic_id}/{delegator}/{reputer}
  GetWorkerNodeInfo /worker/{address}
  GetReputerNodeInfo /reputer/{address}
  IsWorkerRegisteredInTopicId /worker_registered/{topic_id}/{address}
  IsReputerRegisteredInTopicId /reputer_registered/{topic_id}/{address}
  GetNetworkInferencesAtBlock /network_inferences/{topic_id}/last_inference/{block_height_last_inference}
  GetLatestNetworkInferences /latest_network_inferences/{topic_id}
  IsWorkerNonceUnfulfilled /is_worker_nonce_unfulfilled/{topic_id}/{block_height}
  IsReputerNonceUnfulfilled /is_reputer_nonce_unfulfilled/{topic_id}/{block_height}
  GetUnfulfilledWorkerNonces /unfulfilled_worker_nonces/{topic_id}
  GetUnfulfilledReputerNonces /unfulfilled_reputer_nonces/{topic_id}
  GetInfererNetworkRegret /inferer_network_regret/{topic_id}/{actor_id}
  GetForecasterNetworkRegret /forecaster_network_regret/{topic_id}/{worker}
  GetOneInForecasterNetworkRegret /one_in_forecaster_network_regret/{topic_id}/{forecaster}/{inferer}
  IsWhitelistAdmin /whitelist_admin/{address}
  GetTopicLastWorkerCommitInfo /topic_last_worker_commit_info/{topic_id}
  GetTopicLastReputerCommitInfo /topic_last_reputer_commit_info/{topic_id}
  GetTopicRewardNonce /topic_reward_nonce/{topic_id}
  GetStakeReputerAuthority /stake_reputer_authority/{topic_id}/{reputer}
  GetDelegateStakePlacement /delegate_stake_placement/{topic_id}/{delegator}/{target}
  GetDelegateStakeUponReputer /delegate_stake_upon_reputer/{topic_id}/{target}
  GetDelegateRewardPerShare /delegate_reward_per_share/{topic_id}/{reputer}
  GetStakeRemovalForReputerAndTopicId /stake_removal/{reputer}/{topic_id}
  GetDelegateStakeRemoval /delegate_stake_removal/{block_height}/{topic_id}/{delegator}/{reputer}
  GetPreviousTopicWeight /previous_topic_weight/{topic_id}
  GetTotalSumPreviousTopicWeights /sum_previous_total_topic_weight
  TopicExists /topic_exists/{topic_id}
  IsTopicActive /is_topic_active/{topic_id}
  GetTopicFeeRevenue /topic_fee_revenue/{topic_id}
  GetInfererScoreEma /inferer_score_ema/{topic_id}/{inferer}
  GetForecasterScoreEma /forecaster_score_ema/{topic_id}/{forecaster}
  GetReputerScoreEma /reputer_score_ema/{topic_id}/{reputer}
  GetInferenceScoresUntilBlock /inference_scores_until_block/{topic_id}/{block_height}
  GetPreviousTopicQuantileForecasterScoreEma /topic_quantile_forecaster_score_ema/{topic_id}
  GetPreviousTopicQuantileInfererScoreEma /topic_quantile_inferer_score_ema/{topic_id}
  GetPreviousTopicQuantileReputerScoreEma /topic_quantile_reputer_score_ema/{topic_id}
  GetWorkerInferenceScoresAtBlock /worker_inference_scores_at_block/{topic_id}/{block_height}
  GetCurrentLowestInfererScore /current_lowest_inferer_score/{topic_id}
  GetForecastScoresUntilBlock /forecast_scores_until_block/{topic_id}/{block_height}
  GetWorkerForecastScoresAtBlock /worker_forecast_scores_at_block/{topic_id}/{block_height}
  GetCurrentLowestForecasterScore /current_lowest_forecaster_score/{topic_id}
  GetReputersScoresAtBlock /reputers_scores_at_block/{topic_id}/{block_height}
  GetCurrentLowestReputerScore /current_lowest_reputer_score/{topic_id}
  GetListeningCoefficient /listening_coefficient/{topic_id}/{reputer}
  GetPreviousReputerRewardFraction /previous_reputer_reward_fraction/{topic_id}/{reputer}
  GetPreviousInferenceRewardFraction /previous_inference_reward_fraction/{topic_id}/{worker}
  GetPreviousForecastRewardFraction /previous_forecast_reward_fraction/{topic_id}/{worker}
  GetPreviousPercentageRewardToStakedReputers /previous_percentage_reward_to_staked_reputers
  GetTotalRewardToDistribute /total_reward_to_distribute
  GetNaiveInfererNetworkRegret /naive_inferer_network_regret
  GetOneOutInfererInfererNetworkRegret /one_out_inferer_inferer_network_regret
  GetOneOutInfererForecasterNetworkRegret /one_out_inferer_forecaster_network_regret
  GetOneOutForecasterInfererNetworkRegret /one_out_forecaster_inferer_network_regret
  GetOneOutForecasterForecasterNetworkRegret /one_out_forecaster_forecaster_network_regret
  GetActiveTopicsAtBlock /active_topics_at_block/{block_height}
  GetNextChurningBlockByTopicId /next_churning_block_by_topic_id/{topic_id}
  GetCountInfererInclusionsInTopic /count_inferer_inclusions_in_topic/{topic_id}/{inferer}
  GetCountForecasterInclusionsInTopic /count_forecaster_inclusions_in_topic/{topic_id}/{forecaster}
  IsWhitelistedGlobalWorker /is_whitelisted_global_worker/{address}
  IsWhitelistedGlobalReputer /is_whitelisted_global_reputer/{address}
  IsWhitelistedGlobalAdmin /is_whitelisted_global_admin/{address}
  IsTopicWorkerWhitelistEnabled /is_topic_worker_whitelist_enabled/{topic_id}
  IsTopicReputerWhitelistEnabled /is_topic_reputer_whitelist_enabled/{topic_id}
  IsWhitelistedTopicCreator /is_whitelisted_topic_creator/{address}
  IsWhitelistedGlobalActor /is_whitelisted_global_actor/{address}
  IsWhitelistedTopicWorker /is_whitelisted_topic_worker/{topic_id}/{address}
  IsWhitelistedTopicReputer /is_whitelisted_topic_reputer/{topic_id}/{address}
  CanUpdateAllGlobalWhitelists /can_update_all_global_whitelists/{address}
  CanUpdateGlobalWorkerWhitelist /can_update_global_worker_whitelist/{address}
  CanUpdateGlobalReputerWhitelist /can_update_global_reputer_whitelist/{address}
  CanUpdateParams /can_update_params/{address}
  CanUpdateTopicWhitelist /can_update_topic_whitelist/{topic_id}/{address}
  CanCreateTopic /can_create_topic/{address}
  CanSubmitWorkerPayload /can_submit_worker_payload/{topic_id}/{address}
  CanSubmitReputerPayload /can_submit_reputer_payload/{topic_id}/{address}
  GetTopicInitialInfererEmaScore /initial_inferer_ema_score/{topic_id}
  GetTopicInitialForecasterEmaScore /initial_forecaster_ema_score/{topic_id}
  GetTopicInitialReputerEmaScore /initial_reputer_ema_score/{topic_id}
  GetLatestForecasterWeight /latest_forecaster_weight/{topic_id}/{actor_id}
  GetLatestInfererWeight /latest_inferer_weight/{topic_id}/{actor_id}
  GetLatestRegretStdNorm /latest_regret_stdnorm/{topic_id}
  GetOpenReputerSubmissionWindows /open_reputer_submission_windows/{topic_id}
  GetOpenWorkerSubmissionWindows /open_worker_submission_windows/{topic_id}
  GetReputerSubmissionWindowStatus /reputer_submission_window_status/{topic_id}
  GetWorkerSubmissionWindowStatus /worker_submission_window_status/{topic_id}
`
const NOT_HELD = [
  'GetReputerLossBundlesAtBlock',
  'GetNetworkInferencesAtBlockOutlierResistant',
  'GetLatestNetworkInferencesOutlierResistant',
  'GetWorkerLatestInputInferenceByTopicId',
]
const SERVICE = '/emissions.v10.QueryService/'

const rows = queries.map((row) => [row.grpc, row] as const)
const emissions = queries.filter(({ grpc }) => grpc.startsWith(SERVICE))
const somebody = testActor('somebody').address

/** Fields of a request: every address is one of somebody who exists nowhere, every number is as given. */
function fieldsOf(schema: DescMessage, number: bigint, address: string = somebody): Record<string, unknown> {
  return Object.fromEntries(
    schema.fields.flatMap(({ localName, fieldKind, scalar }): [string, unknown][] => {
      if (fieldKind === 'list') return [[localName, [address]]]
      if (fieldKind !== 'scalar') return []
      return [[localName, scalar === ScalarType.STRING ? address : number]]
    }),
  )
}

type Asked = { readonly code: number; readonly log: string; readonly answer: Message | undefined }

function ask({ application }: TestChain, row: Query, fields: Record<string, unknown>): Asked {
  const data = toBinary(row.request, create(row.request, fields))
  const { code, log, value } = application.query({ path: row.grpc, data, height: 0n, prove: false })
  return { code, log, answer: code === 0 ? fromBinary(row.response, value) : undefined }
}

describe('the table of queries', () => {
  it('SPEC wire 1.5 has every method of the reference under its path, but those whose answer is not held', () => {
    const expected = REFERENCE.trim()
      .split('\n')
      .map((line) => line.trim().split(' '))
      .map(([method, path]) => [SERVICE + method, `/emissions/v10${path}`])
    const got = emissions.map(({ grpc, rest }) => [grpc, rest.replace(':number', '')])
    expect(got.toSorted()).toEqual(expected.toSorted())
    expect(expected).toHaveLength(107 - NOT_HELD.length)
    expect(got.filter(([grpc]) => NOT_HELD.includes(grpc?.slice(SERVICE.length) ?? ''))).toEqual([])
  })

  it('has each method once, and no two paths that the router cannot tell apart', () => {
    expect(new Set(queries.map(({ grpc }) => grpc)).size).toBe(queries.length)
    const shapes = queries.map(({ rest }) => rest.replace(/\{\w+\}/g, '*').replace(/\{\w+:number\}/g, '#'))
    expect(new Set(shapes).size).toBe(queries.length)
  })

  it.each(rows)('%s: every field in its path is one of its request', (_, { rest, request }) => {
    const fields = [...rest.matchAll(/\{(\w+)(?::number)?\}/g)].map(([, field]) => field)
    expect(request.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(fields))
  })
})

describe('every query', () => {
  const empty = openTestChain([])
  empty.block()
  const { chain } = openSettledNetwork()
  const codes = { NotFound: 22, InvalidArgument: 18, FailedPrecondition: 18 }

  it.each(rows)('%s answers with a message or a sentence on an empty chain and on a busy one', (_, row) => {
    for (const [on, number] of [
      [empty, 0n],
      [empty, 1n],
      [chain, 0n],
      [chain, 1n],
      [chain, 2n ** 63n - 1n],
    ] as const) {
      const { code, log, answer } = ask(on, row, fieldsOf(row.request, number))
      if (answer === undefined) {
        const [, phrase = ''] = /^rpc error: code = (\w+) desc = \S.{10,}$/.exec(log) ?? []
        expect(codes).toHaveProperty(phrase, code)
      } else expect(() => JSON.stringify(messageToJson(row.response, answer))).not.toThrow()
    }
  })

  const aboutTopics = queries.filter(
    ({ grpc, request }) => request.field.topicId !== undefined && !grpc.endsWith('/TopicExists'),
  )
  it.each(aboutTopics.map((row) => [row.grpc, row] as const))('%s knows no topic 99', (_, row) => {
    const { log } = ask(chain, row, fieldsOf(row.request, 99n))
    expect(log).toBe('rpc error: code = NotFound desc = there is no topic 99')
  })

  const addresses = emissions.flatMap((row) =>
    row.request.fields
      .filter(({ scalar }) => scalar === ScalarType.STRING)
      .map((field) => [`${row.grpc.slice(SERVICE.length)} ${field.name}`, row, field] as const),
  )
  it.each(addresses)('%s must be an address', (_, row, field) => {
    for (const wrong of ['abc', 'cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh', 'x'.repeat(10_000)]) {
      const value = field.fieldKind === 'list' ? [wrong] : wrong
      const { log } = ask(chain, row, { ...fieldsOf(row.request, 1n), [field.localName]: value })
      expect(log).toContain(`InvalidArgument desc = ${field.name} must be an allo… address, got "${wrong.slice(0, 40)}`)
      expect(log.length).toBeLessThan(300)
    }
  })
})
