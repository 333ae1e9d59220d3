import { create } from '@bufbuild/protobuf'
import { EventFundTopicSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type FundTopicRequest,
  type FundTopicResponse,
  FundTopicResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { TopicPaymentsSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import { readAddressField, readPositiveAmount } from '@starling/protocol/modules/readFields'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { payFee } from '../topics/payFee.ts'
import { requireTopic } from '../topics/view.ts'
import { payIn } from './payIn.ts'
import { getTopicPayments, setTopicPayments } from './view.ts'

/**
 * `FundTopic`: anybody pays what the topic is worth to them: into its escrow where pay follows contribution (SPEC PW-1),
 * else into the treasury, as in the reference (SPEC lifecycle 2.4). Both ways the topic's revenue grows by it. ADR-027
 */
export function fundTopic(context: Context, { sender, topicId, amount }: FundTopicRequest): FundTopicResponse {
  const funder = readAddressField('sender', sender)
  const paid = readPositiveAmount('amount', amount)
  const { state } = context
  const topic = requireTopic(state, topicId)
  if (topic.policy.pay === 'contribution') {
    payIn(context, topic, funder, paid, 'funded')
    const payments = getTopicPayments(state, topicId)
    const funded = (readWhole(payments.funded) + paid).toString()
    setTopicPayments(state, topicId, create(TopicPaymentsSchema, { ...payments, funded }))
  } else payFee(context, funder, topicId, paid)
  context.emit(typedEvent(EventFundTopicSchema, { topicId, funder, amount }))
  return create(FundTopicResponseSchema)
}
