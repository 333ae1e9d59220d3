import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { Query } from '../../app/query.ts'
import { sameForAll } from '../params/sameForAll.ts'
import { topicQuery } from './topicQuery.ts'

/** What the reference asks about a topic's whitelists. There are none: whoever is registered may submit. */
export const topicWhitelistQueries: readonly Query[] = [
  topicQuery('CanSubmitWorkerPayload', '/can_submit_worker_payload/{topic_id}/{address}', {
    request: q.CanSubmitWorkerPayloadRequestSchema,
    response: q.CanSubmitWorkerPayloadResponseSchema,
    run: (_context, { address }) => ({ canSubmitWorkerPayload: sameForAll(true, address) }),
  }),
  topicQuery('CanSubmitReputerPayload', '/can_submit_reputer_payload/{topic_id}/{address}', {
    request: q.CanSubmitReputerPayloadRequestSchema,
    response: q.CanSubmitReputerPayloadResponseSchema,
    run: (_context, { address }) => ({ canSubmitReputerPayload: sameForAll(true, address) }),
  }),
  topicQuery('CanUpdateTopicWhitelist', '/can_update_topic_whitelist/{topic_id}/{address}', {
    request: q.CanUpdateTopicWhitelistRequestSchema,
    response: q.CanUpdateTopicWhitelistResponseSchema,
    run: (_context, { address }) => ({ canUpdateTopicWhitelist: sameForAll(false, address) }),
  }),
  topicQuery('IsTopicWorkerWhitelistEnabled', '/is_topic_worker_whitelist_enabled/{topic_id}', {
    request: q.IsTopicWorkerWhitelistEnabledRequestSchema,
    response: q.IsTopicWorkerWhitelistEnabledResponseSchema,
    run: () => ({ isTopicWorkerWhitelistEnabled: false }),
  }),
  topicQuery('IsTopicReputerWhitelistEnabled', '/is_topic_reputer_whitelist_enabled/{topic_id}', {
    request: q.IsTopicReputerWhitelistEnabledRequestSchema,
    response: q.IsTopicReputerWhitelistEnabledResponseSchema,
    run: () => ({ isTopicReputerWhitelistEnabled: false }),
  }),
  topicQuery('IsWhitelistedTopicWorker', '/is_whitelisted_topic_worker/{topic_id}/{address}', {
    request: q.IsWhitelistedTopicWorkerRequestSchema,
    response: q.IsWhitelistedTopicWorkerResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedTopicWorker: sameForAll(false, address) }),
  }),
  topicQuery('IsWhitelistedTopicReputer', '/is_whitelisted_topic_reputer/{topic_id}/{address}', {
    request: q.IsWhitelistedTopicReputerRequestSchema,
    response: q.IsWhitelistedTopicReputerResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedTopicReputer: sameForAll(false, address) }),
  }),
]
