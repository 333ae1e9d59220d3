import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { formatLegacyDec } from '@starling/protocol/num/legacyDec'
import { emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query } from '../../app/query.ts'
import { getBalance } from '../bank/view.ts'
import { getPreviousReputersShare } from '../mint/view.ts'
import { topicQuery } from '../topics/topicQuery.ts'
import { findAnswer } from './findNetwork.ts'
import { findNewestSettled } from './findRecord.ts'

/** What the reference asks about rewards, and about who closed which epoch when. */
export const rewardsQueries: readonly Query[] = [
  topicQuery('GetTopicLastWorkerCommitInfo', '/topic_last_worker_commit_info/{topic_id}', {
    request: q.GetTopicLastWorkerCommitInfoRequestSchema,
    response: q.GetTopicLastWorkerCommitInfoResponseSchema,
    run({ state, topic }) {
      const { height, nonce } = findAnswer(state, topic.id)
      return { lastCommit: { blockHeight: height, nonce: { blockHeight: nonce } } }
    },
  }),
  topicQuery('GetTopicLastReputerCommitInfo', '/topic_last_reputer_commit_info/{topic_id}', {
    request: q.GetTopicLastReputerCommitInfoRequestSchema,
    response: q.GetTopicLastReputerCommitInfoResponseSchema,
    run({ state, topic }) {
      const { settledHeight, nonce } = findNewestSettled(state, topic.id)
      return { lastCommit: { blockHeight: settledHeight, nonce: { blockHeight: nonce } } }
    },
  }),
  // The nonce that waits for its rewards: none ever does, as the block that settles an epoch pays it.
  topicQuery('GetTopicRewardNonce', '/topic_reward_nonce/{topic_id}', {
    request: q.GetTopicRewardNonceRequestSchema,
    response: q.GetTopicRewardNonceResponseSchema,
    run: () => ({ nonce: 0n }),
  }),
  emissionsQuery('GetPreviousPercentageRewardToStakedReputers', '/previous_percentage_reward_to_staked_reputers', {
    request: q.GetPreviousPercentageRewardToStakedReputersRequestSchema,
    response: q.GetPreviousPercentageRewardToStakedReputersResponseSchema,
    run: ({ state }) => ({ percentageReward: formatLegacyDec(getPreviousReputersShare(state)) }),
  }),
  // uallo that wait for topics, promised to open epochs or not.
  emissionsQuery('GetTotalRewardToDistribute', '/total_reward_to_distribute', {
    request: q.GetTotalRewardToDistributeRequestSchema,
    response: q.GetTotalRewardToDistributeResponseSchema,
    run: ({ state }) => ({ totalReward: getBalance(state, moduleAddresses.allorarewards).toString() }),
  }),
]
