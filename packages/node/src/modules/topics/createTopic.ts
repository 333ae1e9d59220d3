import { create } from '@bufbuild/protobuf'
import { EventCreateNewTopicSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { TopicSchema as BaseTopicSchema } from '@starling/protocol/gen/emissions/v10/types_pb'
import { EventTopicCreatedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import {
  type CreateTopicRequest,
  type CreateTopicResponse,
  CreateTopicResponseSchema,
  TopicPolicySchema,
  TopicSchema,
  type TopicPolicy as WirePolicy,
} from '@starling/protocol/gen/starling/v1/topics_pb'
import { readAmountField } from '@starling/protocol/modules/readFields'
import { checkCreateTopic } from '@starling/protocol/modules/topics/checkCreateTopic'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { addRevenue } from './payFee.ts'
import { addTopic, requireTopic } from './view.ts'

/** `CreateTopic`: a new topic, inactive until fees and stake make it heavy enough. SPEC lifecycle 2.2, VT-1 */
export function createTopic(context: Context, request: CreateTopicRequest): CreateTopicResponse {
  const { state, emit } = context
  const params = getParams(state)
  const { name, base, policy } = checkCreateTopic(request, params)
  const topicId = addTopic(state, (id) =>
    create(TopicSchema, {
      name,
      base: create(BaseTopicSchema, { ...base, id }),
      policy: withChoices(request.policy, policy),
    }),
  )
  addRevenue(context, request.creator, topicId, readAmountField('create_topic_fee', params.createTopicFee))
  const { record } = requireTopic(state, topicId)
  if (record.base !== undefined) emit(typedEvent(EventCreateNewTopicSchema, { topic: record.base }))
  emit(typedEvent(EventTopicCreatedSchema, { topic: record }))
  return create(CreateTopicResponseSchema, { topicId })
}

/** The policy with every choice written out, so that what an empty field means later changes nothing. SPEC VT-1 */
function withChoices(asked: WirePolicy | undefined, policy: TopicPolicy): WirePolicy {
  const { truth, submissions, pay, synthesis, intervals } = policy
  return create(TopicPolicySchema, {
    ...(asked ?? create(TopicPolicySchema)),
    truth,
    submissions,
    pay,
    synthesis,
    intervals,
  })
}
