import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import { emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query } from '../../app/query.ts'
import { readAddress } from '../../app/readAddress.ts'
import { sameForAll } from './sameForAll.ts'
import { getParams, isAdmin } from './view.ts'

/**
 * What the reference asks about parameters and who may change what. This chain keeps no whitelist: nobody stands on
 * one, nobody can change one, and everybody may create topics. Its admins are those who may change the parameters.
 */
export const paramsQueries: readonly Query[] = [
  emissionsQuery('GetParams', '/params', {
    request: q.GetParamsRequestSchema,
    response: q.GetParamsResponseSchema,
    run: ({ state }) => ({ params: getParams(state) }),
  }),
  emissionsQuery('IsWhitelistAdmin', '/whitelist_admin/{address}', {
    request: q.IsWhitelistAdminRequestSchema,
    response: q.IsWhitelistAdminResponseSchema,
    run: ({ state }, { address }) => ({ isAdmin: isAdmin(state, readAddress('address', address)) }),
  }),
  emissionsQuery('CanUpdateParams', '/can_update_params/{address}', {
    request: q.CanUpdateParamsRequestSchema,
    response: q.CanUpdateParamsResponseSchema,
    run: ({ state }, { address }) => ({ canUpdateParams: isAdmin(state, readAddress('address', address)) }),
  }),
  emissionsQuery('CanCreateTopic', '/can_create_topic/{address}', {
    request: q.CanCreateTopicRequestSchema,
    response: q.CanCreateTopicResponseSchema,
    run: (_context, { address }) => ({ canCreateTopic: sameForAll(true, address) }),
  }),
  emissionsQuery('IsWhitelistedGlobalWorker', '/is_whitelisted_global_worker/{address}', {
    request: q.IsWhitelistedGlobalWorkerRequestSchema,
    response: q.IsWhitelistedGlobalWorkerResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedGlobalWorker: sameForAll(false, address) }),
  }),
  emissionsQuery('IsWhitelistedGlobalReputer', '/is_whitelisted_global_reputer/{address}', {
    request: q.IsWhitelistedGlobalReputerRequestSchema,
    response: q.IsWhitelistedGlobalReputerResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedGlobalReputer: sameForAll(false, address) }),
  }),
  emissionsQuery('IsWhitelistedGlobalAdmin', '/is_whitelisted_global_admin/{address}', {
    request: q.IsWhitelistedGlobalAdminRequestSchema,
    response: q.IsWhitelistedGlobalAdminResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedGlobalAdmin: sameForAll(false, address) }),
  }),
  emissionsQuery('IsWhitelistedTopicCreator', '/is_whitelisted_topic_creator/{address}', {
    request: q.IsWhitelistedTopicCreatorRequestSchema,
    response: q.IsWhitelistedTopicCreatorResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedTopicCreator: sameForAll(false, address) }),
  }),
  emissionsQuery('IsWhitelistedGlobalActor', '/is_whitelisted_global_actor/{address}', {
    request: q.IsWhitelistedGlobalActorRequestSchema,
    response: q.IsWhitelistedGlobalActorResponseSchema,
    run: (_context, { address }) => ({ isWhitelistedGlobalActor: sameForAll(false, address) }),
  }),
  emissionsQuery('CanUpdateAllGlobalWhitelists', '/can_update_all_global_whitelists/{address}', {
    request: q.CanUpdateAllGlobalWhitelistsRequestSchema,
    response: q.CanUpdateAllGlobalWhitelistsResponseSchema,
    run: (_context, { address }) => ({ canUpdateAllGlobalWhitelists: sameForAll(false, address) }),
  }),
  emissionsQuery('CanUpdateGlobalWorkerWhitelist', '/can_update_global_worker_whitelist/{address}', {
    request: q.CanUpdateGlobalWorkerWhitelistRequestSchema,
    response: q.CanUpdateGlobalWorkerWhitelistResponseSchema,
    run: (_context, { address }) => ({ canUpdateGlobalWorkerWhitelist: sameForAll(false, address) }),
  }),
  emissionsQuery('CanUpdateGlobalReputerWhitelist', '/can_update_global_reputer_whitelist/{address}', {
    request: q.CanUpdateGlobalReputerWhitelistRequestSchema,
    response: q.CanUpdateGlobalReputerWhitelistResponseSchema,
    run: (_context, { address }) => ({ canUpdateGlobalReputerWhitelist: sameForAll(false, address) }),
  }),
]
