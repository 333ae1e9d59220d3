import type { DelegateStakeRemovalInfo, StakeRemovalInfo } from '@starling/protocol/gen/emissions/v3/types_pb'
import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { StateReader } from '../../app/context.ts'
import { emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query } from '../../app/query.ts'
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { getParams } from '../params/view.ts'
import { topicQuery } from '../topics/topicQuery.ts'
import { getDelegateRemoval, getRemoval, listDelegateRemovals, listRemovals } from './view.ts'

/** What the reference asks about stake that is being removed; heights are those at which it is paid out. */
export const removalQueries: readonly Query[] = [
  emissionsQuery('GetStakeRemovalsUpUntilBlock', '/stake_removals/{block_height}', {
    request: q.GetStakeRemovalsUpUntilBlockRequestSchema,
    response: q.GetStakeRemovalsUpUntilBlockResponseSchema,
    run: ({ state }, { blockHeight }) => ({ removals: [...removalsUntil(state, blockHeight, listRemovals)] }),
  }),
  emissionsQuery('GetDelegateStakeRemovalsUpUntilBlock', '/delegate_stake_removals/{block_height}', {
    request: q.GetDelegateStakeRemovalsUpUntilBlockRequestSchema,
    response: q.GetDelegateStakeRemovalsUpUntilBlockResponseSchema,
    run: ({ state }, { blockHeight }) => ({ removals: [...removalsUntil(state, blockHeight, listDelegateRemovals)] }),
  }),
  topicQuery('GetStakeRemovalInfo', '/stake_removal/{topic_id:number}/{reputer}', {
    request: q.GetStakeRemovalInfoRequestSchema,
    response: q.GetStakeRemovalInfoResponseSchema,
    run: ({ state, topic }, { reputer }) => ({ removal: findRemoval(state, topic.id, reputer) }),
  }),
  topicQuery('GetStakeRemovalForReputerAndTopicId', '/stake_removal/{reputer}/{topic_id}', {
    request: q.GetStakeRemovalForReputerAndTopicIdRequestSchema,
    response: q.GetStakeRemovalForReputerAndTopicIdResponseSchema,
    run: ({ state, topic }, { reputer }) => ({ stakeRemovalInfo: findRemoval(state, topic.id, reputer) }),
  }),
  topicQuery('GetDelegateStakeRemovalInfo', '/delegate_stake_removal/{topic_id}/{delegator}/{reputer}', {
    request: q.GetDelegateStakeRemovalInfoRequestSchema,
    response: q.GetDelegateStakeRemovalInfoResponseSchema,
    run: ({ state, topic }, request) => ({ removal: findDelegateRemoval(state, topic.id, request) }),
  }),
  topicQuery('GetDelegateStakeRemoval', '/delegate_stake_removal/{block_height}/{topic_id}/{delegator}/{reputer}', {
    request: q.GetDelegateStakeRemovalRequestSchema,
    response: q.GetDelegateStakeRemovalResponseSchema,
    run({ state, topic }, request) {
      const removal = findDelegateRemoval(state, topic.id, request)
      if (removal.blockRemovalCompleted === request.blockHeight) return { stakeRemovalInfo: removal }
      const where = `ends at block ${removal.blockRemovalCompleted}, not ${request.blockHeight}`
      throw new QueryError('NOT_FOUND', `the removal of ${request.delegator}'s delegation ${where}`)
    },
  }),
]

/** The first removals that are paid out up to a height; more than a page is refused, as the reference has no pages here. */
function removalsUntil<R extends { readonly blockRemovalCompleted: bigint }>(
  state: StateReader,
  height: bigint,
  list: (state: StateReader, limit: number) => readonly R[],
): readonly R[] {
  const most = Number(getParams(state).maxPageLimit)
  const due = list(state, most + 1).filter(({ blockRemovalCompleted }) => blockRemovalCompleted <= height)
  if (due.length <= most) return due
  const advice = 'ask for a lower height, or for one reputer'
  throw new QueryError('FAILED_PRECONDITION', `more than ${most} removals end up to block ${height}; ${advice}`)
}

function findRemoval(state: StateReader, topicId: bigint, reputer: string): StakeRemovalInfo {
  const removal = getRemoval(state, readAddress('reputer', reputer), topicId)
  if (removal !== undefined) return removal
  throw new QueryError('NOT_FOUND', `${reputer} is removing no stake from topic ${topicId}`)
}

function findDelegateRemoval(
  state: StateReader,
  topicId: bigint,
  request: { readonly delegator: string; readonly reputer: string },
): DelegateStakeRemovalInfo {
  const delegator = readAddress('delegator', request.delegator)
  const reputer = readAddress('reputer', request.reputer)
  const removal = getDelegateRemoval(state, delegator, reputer, topicId)
  if (removal !== undefined) return removal
  throw new QueryError('NOT_FOUND', `${delegator} is removing no delegation to ${reputer} from topic ${topicId}`)
}
