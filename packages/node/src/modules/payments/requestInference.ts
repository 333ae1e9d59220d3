import { create } from '@bufbuild/protobuf'
import {
  EventInferenceRequestedSchema,
  ReceiptSchema,
  type RequestInferenceRequest,
  type RequestInferenceResponse,
  RequestInferenceResponseSchema,
  TopicPaymentsSchema,
} from '@starling/protocol/gen/starling/v1/payments_pb'
import { checkRequestInference } from '@starling/protocol/modules/payments/checkRequestInference'
import { paymentsError } from '@starling/protocol/modules/payments/errors'
import { PRICED_REQUESTS } from '@starling/protocol/modules/payments/suggestPrice'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context, State } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { getLatestAnswer } from '../synthesis/view.ts'
import { requireTopic } from '../topics/view.ts'
import { payIn } from './payIn.ts'
import { addReceipt, deleteReceipt, getReceipt, getTopicPayments, listReceiptIds, setTopicPayments } from './view.ts'

/** Expired receipts that leave with one that comes, at most: so the state never holds more than a retention's worth. */
const MOST_FORGOTTEN = 4

/**
 * `RequestInference`: buys the newest answer of a topic, if it is no older than the sender allows, and stores a receipt
 * of it. Where there is none the message is refused, and nothing is paid. SPEC PW-1
 */
export function requestInference(context: Context, request: RequestInferenceRequest): RequestInferenceResponse {
  const { state, height, emit } = context
  const { payer, pay } = checkRequestInference(request)
  const { topicId, maxAge, reference } = request
  const topic = requireTopic(state, topicId)
  const { nonce, height: answered } = getLatestAnswer(state, topicId) ?? refuseUnanswered(topicId)
  const age = height - answered
  if (age > maxAge) throw paymentsError('ANSWER_TOO_OLD', { topicId, nonce, age, maxAge })
  payIn(context, topic, payer, pay, 'paid')
  countRequest(state, topicId, pay)
  const bought = { topicId, nonce, payer, pay: pay.toString(), reference }
  forgetReceipts(context)
  const receiptId = addReceipt(state, (id) => create(ReceiptSchema, { ...bought, id, height }))
  emit(typedEvent(EventInferenceRequestedSchema, { ...bought, receiptId }))
  return create(RequestInferenceResponseSchema, { receiptId, nonce })
}

function refuseUnanswered(topicId: bigint): never {
  throw paymentsError('NO_ANSWER', { topicId })
}

function countRequest(state: State, topicId: bigint, pay: bigint): void {
  const before = getTopicPayments(state, topicId)
  const { requests, paidRequests, paid, recent } = before
  const more = {
    paidRequests: paidRequests + 1n,
    paid: (readWhole(paid) + pay).toString(),
    recent: [...recent, pay.toString()].slice(-PRICED_REQUESTS),
  }
  const after = { ...before, requests: requests + 1n, ...(pay > 0n ? more : {}) }
  setTopicPayments(state, topicId, create(TopicPaymentsSchema, after))
}

/** Forgets some of the oldest receipts that are beyond the retention. */
function forgetReceipts({ state, height }: Context): void {
  const { receiptRetention } = getParams(state)
  for (const id of listReceiptIds(state, MOST_FORGOTTEN)) {
    const receipt = getReceipt(state, id)
    if (receipt === undefined || height - receipt.height <= receiptRetention) return
    deleteReceipt(state, id)
  }
}
