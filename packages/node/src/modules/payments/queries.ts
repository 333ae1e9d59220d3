import { create } from '@bufbuild/protobuf'
import {
  GetPaymentsRequestSchema,
  GetPaymentsResponseSchema,
  GetReceiptRequestSchema,
  GetReceiptResponseSchema,
} from '@starling/protocol/gen/starling/v1/payments_pb'
import { suggestPrice } from '@starling/protocol/modules/payments/suggestPrice'
import { readWhole } from '@starling/protocol/num/readWhole'
import { readLimit } from '../../app/pages.ts'
import { type Query, query } from '../../app/query.ts'
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { getParams } from '../params/view.ts'
import { findTopic } from '../topics/findTopic.ts'
import { getEarmarkedFees, getEscrow, getHeld, getReceipt, getTopicPayments, listFunders } from './view.ts'

/** What programs ask about payments. SPEC PW-1 */
export const paymentsQueries: readonly Query[] = [
  query({
    grpc: '/starling.v1.Query/GetPayments',
    rest: '/starling/v1/topics/{topic_id}/payments',
    request: GetPaymentsRequestSchema,
    response: GetPaymentsResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      const from = after === '' ? '' : readAddress('after', after)
      const { requests, paidRequests, paid, funded, recent } = getTopicPayments(state, topicId)
      return create(GetPaymentsResponseSchema, {
        escrow: getEscrow(state, topicId).toString(),
        earmarked: getEarmarkedFees(state, topicId).toString(),
        suggestedPrice: suggestPrice(recent.map(readWhole)).toString(),
        ...{ requests, paidRequests, paid, funded },
        held: getHeld(state, topicId).toString(),
        funders: [...listFunders(state, topicId, { after: from, limit: readLimit(limit, getParams(state)) })],
      })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetReceipt',
    rest: '/starling/v1/receipts/{id}',
    request: GetReceiptRequestSchema,
    response: GetReceiptResponseSchema,
    run: ({ state }, { id }) => {
      const receipt = getReceipt(state, id)
      if (receipt !== undefined) return create(GetReceiptResponseSchema, { receipt })
      const kept = `receipts are kept for ${getParams(state).receiptRetention} blocks`
      throw new QueryError('NOT_FOUND', `there is no receipt ${id}, or none any more: ${kept}`)
    },
  }),
]
