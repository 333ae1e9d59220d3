import { create } from '@bufbuild/protobuf'
import { EventFundTopicSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type FundTopicRequest,
  type FundTopicResponse,
  FundTopicResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { readAddressField, readPositiveAmount } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { payFee } from './payFee.ts'
import { requireTopic } from './view.ts'

/** `FundTopic`: anybody pays what the topic is worth to them. SPEC lifecycle 2.4 */
export function fundTopic(context: Context, { sender, topicId, amount }: FundTopicRequest): FundTopicResponse {
  const funder = readAddressField('sender', sender)
  const paid = readPositiveAmount('amount', amount)
  requireTopic(context.state, topicId)
  payFee(context, funder, topicId, paid)
  context.emit(typedEvent(EventFundTopicSchema, { topicId, funder, amount }))
  return create(FundTopicResponseSchema)
}
