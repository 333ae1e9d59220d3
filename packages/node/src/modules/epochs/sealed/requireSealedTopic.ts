import { emissionsError } from '@starling/protocol/modules/emissionsError'
import type { StateReader } from '../../../app/context.ts'
import { getTopic, type StoredTopic } from '../../topics/view.ts'

/** A topic that takes sealed submissions. */
export function requireSealedTopic(state: StateReader, topicId: bigint): StoredTopic {
  const topic = getTopic(state, topicId)
  if (topic === undefined) throw emissionsError('INVALID_TOPIC_ID', { topicId })
  if (topic.policy.sealed === undefined) throw emissionsError('PLAIN_TOPIC', { topicId })
  return topic
}
