import { create } from '@bufbuild/protobuf'
import { EventTopicUpdatedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type UpdateTopicRequest,
  type UpdateTopicResponse,
  UpdateTopicResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { TopicSchema as BaseTopicSchema } from '@starling/protocol/gen/emissions/v10/types_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField } from '@starling/protocol/modules/readFields'
import { checkUpdateTopic } from '@starling/protocol/modules/topics/checkUpdateTopic'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { requireTopic, setBaseTopic } from './view.ts'

/** `UpdateTopic`: the creator replaces what the policy does not fix. SPEC lifecycle 2.3 */
export function updateTopic({ state, height, emit }: Context, request: UpdateTopicRequest): UpdateTopicResponse {
  const sender = readAddressField('sender', request.sender)
  const topic = requireTopic(state, request.topicId)
  const { id, base } = topic
  if (base.creator !== sender) throw emissionsError('NOT_CREATOR', { address: sender, topicId: id })
  const update = checkUpdateTopic(request, base, getParams(state))
  const [opened, closed] = [base.epochLastEnded + 1n, base.epochLastEnded + base.workerSubmissionWindow]
  const windowOpen = base.epochLastEnded > 0n && height >= opened && height <= closed
  if (windowOpen && update.meritSortitionAlpha !== base.meritSortitionAlpha) {
    throw emissionsError('WORKER_WINDOW', { nonce: base.epochLastEnded, opened, closed, height })
  }
  const updated = create(BaseTopicSchema, { ...base, ...update })
  setBaseTopic(state, topic, updated)
  emit(typedEvent(EventTopicUpdatedSchema, { topicId: id, topic: updated }))
  return create(UpdateTopicResponseSchema)
}
