import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query } from '../../app/query.ts'
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { getParams } from '../params/view.ts'
import { topicQuery } from '../topics/topicQuery.ts'
import { getTopicStake } from '../topics/view.ts'
import { formatShare } from './formatShare.ts'
import * as stake from './view.ts'

/** What the reference asks about stake, in uallo; stake that is being removed still counts here. */
export const stakeQueries: readonly Query[] = [
  emissionsQuery('GetTotalStake', '/total_stake', {
    request: q.GetTotalStakeRequestSchema,
    response: q.GetTotalStakeResponseSchema,
    run: ({ state }) => ({ amount: stake.getTotalStake(state).toString() }),
  }),
  topicQuery('GetTopicStake', '/stake/{topic_id}', {
    request: q.GetTopicStakeRequestSchema,
    response: q.GetTopicStakeResponseSchema,
    run: ({ state, topic }) => ({ amount: getTopicStake(state, topic.id).toString() }),
  }),
  topicQuery('GetReputerStakeInTopic', '/reputer_stake/{address}/{topic_id}', {
    request: q.GetReputerStakeInTopicRequestSchema,
    response: q.GetReputerStakeInTopicResponseSchema,
    run: ({ state, topic }, { address }) => ({
      amount: stake.getAuthority(state, topic.id, readAddress('address', address)).toString(),
    }),
  }),
  topicQuery('GetStakeReputerAuthority', '/stake_reputer_authority/{topic_id}/{reputer}', {
    request: q.GetStakeReputerAuthorityRequestSchema,
    response: q.GetStakeReputerAuthorityResponseSchema,
    run: ({ state, topic }, { reputer }) => ({
      authority: stake.getAuthority(state, topic.id, readAddress('reputer', reputer)).toString(),
    }),
  }),
  topicQuery('GetMultiReputerStakeInTopic', '/reputers_stakes/{topic_id}', {
    request: q.GetMultiReputerStakeInTopicRequestSchema,
    response: q.GetMultiReputerStakeInTopicResponseSchema,
    run({ state, topic }, { addresses }) {
      const most = getParams(state).maxPageLimit
      if (BigInt(addresses.length) > most) {
        throw new QueryError('INVALID_ARGUMENT', `addresses are at most ${most}, got ${addresses.length}`)
      }
      const amountOf = (address: string): string =>
        stake.getAuthority(state, topic.id, readAddress('addresses', address)).toString()
      return {
        amounts: addresses.map((address) => ({ topicId: topic.id, reputer: address, amount: amountOf(address) })),
      }
    },
  }),
  topicQuery('GetStakeFromReputerInTopicInSelf', '/reputer_stake_self/{reputer_address}/{topic_id}', {
    request: q.GetStakeFromReputerInTopicInSelfRequestSchema,
    response: q.GetStakeFromReputerInTopicInSelfResponseSchema,
    run({ state, topic }, { reputerAddress }) {
      const reputer = readAddress('reputer_address', reputerAddress)
      const own = stake.getAuthority(state, topic.id, reputer) - stake.getDelegatedUpon(state, topic.id, reputer)
      return { amount: own.toString() }
    },
  }),
  topicQuery('GetDelegateStakeInTopicInReputer', '/reputer_delegate_stake/{reputer_address}/{topic_id}', {
    request: q.GetDelegateStakeInTopicInReputerRequestSchema,
    response: q.GetDelegateStakeInTopicInReputerResponseSchema,
    run: ({ state, topic }, { reputerAddress }) => ({
      amount: stake.getDelegatedUpon(state, topic.id, readAddress('reputer_address', reputerAddress)).toString(),
    }),
  }),
  topicQuery('GetDelegateStakeUponReputer', '/delegate_stake_upon_reputer/{topic_id}/{target}', {
    request: q.GetDelegateStakeUponReputerRequestSchema,
    response: q.GetDelegateStakeUponReputerResponseSchema,
    run: ({ state, topic }, { target }) => ({
      stake: stake.getDelegatedUpon(state, topic.id, readAddress('target', target)).toString(),
    }),
  }),
  topicQuery(
    'GetStakeFromDelegatorInTopicInReputer',
    '/delegate_stake/{delegator_address}/{reputer_address}/{topic_id}',
    {
      request: q.GetStakeFromDelegatorInTopicInReputerRequestSchema,
      response: q.GetStakeFromDelegatorInTopicInReputerResponseSchema,
      run({ state, topic }, { delegatorAddress, reputerAddress }) {
        const delegator = readAddress('delegator_address', delegatorAddress)
        const reputer = readAddress('reputer_address', reputerAddress)
        return { amount: stake.getPlacement(state, topic.id, delegator, reputer).amount.toString() }
      },
    },
  ),
  topicQuery('GetStakeFromDelegatorInTopic', '/delegate_stake/{delegator_address}/{topic_id}', {
    request: q.GetStakeFromDelegatorInTopicRequestSchema,
    response: q.GetStakeFromDelegatorInTopicResponseSchema,
    run: ({ state, topic }, { delegatorAddress }) => ({
      amount: stake.getDelegatorSum(state, topic.id, readAddress('delegator_address', delegatorAddress)).toString(),
    }),
  }),
  topicQuery('GetDelegateStakePlacement', '/delegate_stake_placement/{topic_id}/{delegator}/{target}', {
    request: q.GetDelegateStakePlacementRequestSchema,
    response: q.GetDelegateStakePlacementResponseSchema,
    run({ state, topic }, request) {
      const delegator = readAddress('delegator', request.delegator)
      const { amount, debt } = stake.getPlacement(state, topic.id, delegator, readAddress('target', request.target))
      return { delegatorInfo: { amount: amount.toString(), rewardDebt: formatShare(debt) } }
    },
  }),
  topicQuery('GetDelegateRewardPerShare', '/delegate_reward_per_share/{topic_id}/{reputer}', {
    request: q.GetDelegateRewardPerShareRequestSchema,
    response: q.GetDelegateRewardPerShareResponseSchema,
    run: ({ state, topic }, { reputer }) => ({
      rewardPerShare: formatShare(stake.getRewardPerShare(state, topic.id, readAddress('reputer', reputer))),
    }),
  }),
]
