import type { OffchainNode } from '@starling/protocol/gen/emissions/v3/types_pb'
import * as q from '@starling/protocol/gen/emissions/v10/query_pb'
import type { ActorRole } from '@starling/protocol/modules/actors/keys'
import type { StateReader } from '../../app/context.ts'
import { emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query } from '../../app/query.ts'
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { topicQuery } from '../topics/topicQuery.ts'
import { getNode, isRegistered } from './view.ts'

/** What the reference asks about registrations. */
export const actorsQueries: readonly Query[] = [
  emissionsQuery('GetWorkerNodeInfo', '/worker/{address}', {
    request: q.GetWorkerNodeInfoRequestSchema,
    response: q.GetWorkerNodeInfoResponseSchema,
    run: ({ state }, { address }) => ({ nodeInfo: findNode(state, 'worker', address) }),
  }),
  emissionsQuery('GetReputerNodeInfo', '/reputer/{address}', {
    request: q.GetReputerNodeInfoRequestSchema,
    response: q.GetReputerNodeInfoResponseSchema,
    run: ({ state }, { address }) => ({ nodeInfo: findNode(state, 'reputer', address) }),
  }),
  topicQuery('IsWorkerRegisteredInTopicId', '/worker_registered/{topic_id}/{address}', {
    request: q.IsWorkerRegisteredInTopicIdRequestSchema,
    response: q.IsWorkerRegisteredInTopicIdResponseSchema,
    run: ({ state, topic }, { address }) => ({
      isRegistered: isRegistered(state, 'worker', topic.id, readAddress('address', address)),
    }),
  }),
  topicQuery('IsReputerRegisteredInTopicId', '/reputer_registered/{topic_id}/{address}', {
    request: q.IsReputerRegisteredInTopicIdRequestSchema,
    response: q.IsReputerRegisteredInTopicIdResponseSchema,
    run: ({ state, topic }, { address }) => ({
      isRegistered: isRegistered(state, 'reputer', topic.id, readAddress('address', address)),
    }),
  }),
]

function findNode(state: StateReader, role: ActorRole, address: string): OffchainNode {
  const node = getNode(state, role, readAddress('address', address))
  if (node === undefined) throw new QueryError('NOT_FOUND', `${address} never registered as a ${role}`)
  return node
}
