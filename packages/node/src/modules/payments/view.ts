import { create } from '@bufbuild/protobuf'
import {
  type Funder,
  FunderSchema,
  type Receipt,
  ReceiptSchema,
  type TopicPayments,
  TopicPaymentsSchema,
} from '@starling/protocol/gen/starling/v1/payments_pb'
import { paymentsKeys } from '@starling/protocol/modules/payments/keys'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'
import { getMessage, getWhole, listLastParts, putMessage, putWhole } from '../../store/values.ts'

/** What a topic's escrow holds, in uallo. */
export function getEscrow(state: StateReader, topicId: bigint): bigint {
  return getWhole(state.store('payments'), paymentsKeys.escrow(topicId))
}

export function setEscrow(state: State, topicId: bigint, amount: bigint): void {
  if (amount < 0n) throw new Error(`the escrow of topic ${topicId} would be ${amount}`)
  putWhole(state.store('payments'), paymentsKeys.escrow(topicId), amount)
}

/** What of a topic's escrow open epochs were promised, in uallo. */
export function getEarmarkedFees(state: StateReader, topicId: bigint): bigint {
  return getWhole(state.store('payments'), paymentsKeys.earmarked(topicId))
}

export function setEarmarkedFees(state: State, topicId: bigint, amount: bigint): void {
  if (amount < 0n) throw new Error(`${amount} uallo of the escrow of topic ${topicId} would be earmarked`)
  putWhole(state.store('payments'), paymentsKeys.earmarked(topicId), amount)
}

/** Bootstrap that waits for a topic's edge to be shown, in uallo. */
export function getHeld(state: StateReader, topicId: bigint): bigint {
  return getWhole(state.store('payments'), paymentsKeys.held(topicId))
}

export function setHeld(state: State, topicId: bigint, amount: bigint): void {
  putWhole(state.store('payments'), paymentsKeys.held(topicId), amount)
}

/** What was paid into a topic so far. */
export function getTopicPayments(state: StateReader, topicId: bigint): TopicPayments {
  const key = paymentsKeys.topic(topicId)
  const stored = getMessage(state.store('payments'), TopicPaymentsSchema, key)
  return stored ?? create(TopicPaymentsSchema, { paid: '0', funded: '0' })
}

export function setTopicPayments(state: State, topicId: bigint, payments: TopicPayments): void {
  putMessage(state.store('payments'), TopicPaymentsSchema, paymentsKeys.topic(topicId), payments)
}

/** What an address paid into a topic's escrow so far. */
export function getFunder(state: StateReader, topicId: bigint, address: string): Funder {
  const key = paymentsKeys.funder(topicId, address)
  const stored = getMessage(state.store('payments'), FunderSchema, key)
  return stored ?? create(FunderSchema, { address, funded: '0', paid: '0' })
}

export function setFunder(state: State, topicId: bigint, funder: Funder): void {
  putMessage(state.store('payments'), FunderSchema, paymentsKeys.funder(topicId, funder.address), funder)
}

/** Funders of a topic with an address above `after`, at most `limit`. */
export function listFunders(
  state: StateReader,
  topicId: bigint,
  { after, limit }: { readonly after: string; readonly limit: number },
): readonly Funder[] {
  const start = after === '' ? {} : { start: paymentsKeys.funder(topicId, after) }
  const listed = listLastParts(state.store('payments'), paymentsKeys.funders(topicId), { ...start, limit: limit + 1 })
  const addresses = [...listed].filter((address) => address !== after).slice(0, limit)
  return addresses.map((address) => getFunder(state, topicId, address))
}

/** A receipt; undefined where there is none, or none any more. */
export function getReceipt(state: StateReader, id: bigint): Receipt | undefined {
  return getMessage(state.store('payments'), ReceiptSchema, paymentsKeys.receipt(id))
}

/** Stores a receipt under the next free id, from 1 on, and returns the id. */
export function addReceipt(state: State, makeReceipt: (id: bigint) => Receipt): bigint {
  const store = state.store('payments')
  const next = getWhole(store, paymentsKeys.nextReceipt())
  const id = next === 0n ? 1n : next
  putMessage(store, ReceiptSchema, paymentsKeys.receipt(id), makeReceipt(id))
  putWhole(store, paymentsKeys.nextReceipt(), id + 1n)
  return id
}

export function deleteReceipt(state: State, id: bigint): void {
  state.store('payments').delete(paymentsKeys.receipt(id))
}

/** Ids of the oldest receipts in the state, at most `limit`. */
export function listReceiptIds(state: StateReader, limit: number): readonly bigint[] {
  return [...listLastParts(state.store('payments'), paymentsKeys.receipts(), { limit })].map(readWhole)
}
