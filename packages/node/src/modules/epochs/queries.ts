import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Query } from '../../app/query.ts'
import { type TopicContext, topicQuery } from '../topics/topicQuery.ts'
import { type Awaited, listOpenWindows, listUnfulfilled } from './openWindows.ts'
import { windowStatus } from './windowStatus.ts'

/** What the reference asks about nonces and windows. */
export const epochsQueries: readonly Query[] = [
  topicQuery('IsWorkerNonceUnfulfilled', '/is_worker_nonce_unfulfilled/{topic_id}/{block_height}', {
    request: q.IsWorkerNonceUnfulfilledRequestSchema,
    response: q.IsWorkerNonceUnfulfilledResponseSchema,
    run: (context, { blockHeight }) => ({ isWorkerNonceUnfulfilled: isUnfulfilled(context, 'work', blockHeight) }),
  }),
  topicQuery('IsReputerNonceUnfulfilled', '/is_reputer_nonce_unfulfilled/{topic_id}/{block_height}', {
    request: q.IsReputerNonceUnfulfilledRequestSchema,
    response: q.IsReputerNonceUnfulfilledResponseSchema,
    run: (context, { blockHeight }) => ({ isReputerNonceUnfulfilled: isUnfulfilled(context, 'truth', blockHeight) }),
  }),
  topicQuery('GetUnfulfilledWorkerNonces', '/unfulfilled_worker_nonces/{topic_id}', {
    request: q.GetUnfulfilledWorkerNoncesRequestSchema,
    response: q.GetUnfulfilledWorkerNoncesResponseSchema,
    run: (context, { topicId }) => ({ nonces: workerNonces(listUnfulfilled(context, 'work', topicId)) }),
  }),
  topicQuery('GetUnfulfilledReputerNonces', '/unfulfilled_reputer_nonces/{topic_id}', {
    request: q.GetUnfulfilledReputerNoncesRequestSchema,
    response: q.GetUnfulfilledReputerNoncesResponseSchema,
    run: (context, { topicId }) => ({ nonces: reputerNonces(listUnfulfilled(context, 'truth', topicId)) }),
  }),
  topicQuery('GetOpenWorkerSubmissionWindows', '/open_worker_submission_windows/{topic_id}', {
    request: q.GetOpenWorkerSubmissionWindowsRequestSchema,
    response: q.GetOpenWorkerSubmissionWindowsResponseSchema,
    run: (context, { topicId }) => ({ nonces: workerNonces(listOpenWindows(context, 'work', topicId)) }),
  }),
  topicQuery('GetOpenReputerSubmissionWindows', '/open_reputer_submission_windows/{topic_id}', {
    request: q.GetOpenReputerSubmissionWindowsRequestSchema,
    response: q.GetOpenReputerSubmissionWindowsResponseSchema,
    run: (context, { topicId }) => ({ nonces: reputerNonces(listOpenWindows(context, 'truth', topicId)) }),
  }),
  topicQuery('GetWorkerSubmissionWindowStatus', '/worker_submission_window_status/{topic_id}', {
    request: q.GetWorkerSubmissionWindowStatusRequestSchema,
    response: q.GetWorkerSubmissionWindowStatusResponseSchema,
    run: (context, { address }) => windowStatus(context, 'work', address),
  }),
  topicQuery('GetReputerSubmissionWindowStatus', '/reputer_submission_window_status/{topic_id}', {
    request: q.GetReputerSubmissionWindowStatusRequestSchema,
    response: q.GetReputerSubmissionWindowStatusResponseSchema,
    run: (context, { address }) => windowStatus(context, 'truth', address),
  }),
]

function isUnfulfilled(context: TopicContext, awaited: Awaited, nonce: bigint): boolean {
  return listUnfulfilled(context, awaited, context.topic.id).some((epoch) => epoch.nonce === nonce)
}

// The message around a list is always there, so that clients find an empty list and not null. SPEC wire 3.4

function workerNonces(epochs: readonly OpenEpoch[]): { nonces: { blockHeight: bigint }[] } {
  return { nonces: epochs.map(({ nonce }) => ({ blockHeight: nonce })) }
}

function reputerNonces(epochs: readonly OpenEpoch[]): { nonces: { reputerNonce: { blockHeight: bigint } }[] } {
  return { nonces: epochs.map(({ nonce }) => ({ reputerNonce: { blockHeight: nonce } })) }
}
