import type { StateReader } from '../../app/context.ts'
import { QueryError } from '../../app/queryError.ts'
import { getTopic, type StoredTopic } from './view.ts'

/** The topic of a query, or the `QueryError` that there is none. */
export function findTopic(state: StateReader, topicId: bigint): StoredTopic {
  const topic = getTopic(state, topicId)
  if (topic === undefined) throw new QueryError('NOT_FOUND', `there is no topic ${topicId}`)
  return topic
}
