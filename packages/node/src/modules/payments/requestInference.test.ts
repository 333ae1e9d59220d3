import { fromBinary } from '@bufbuild/protobuf'
import { TxMsgDataSchema } from '@starling/protocol/gen/cosmos/base/abci/v1beta1/abci_pb'
import {
  GetPaymentsRequestSchema,
  GetPaymentsResponseSchema,
  GetReceiptRequestSchema,
  GetReceiptResponseSchema,
  ReceiptSchema,
  RequestInferenceResponseSchema,
} from '@starling/protocol/gen/starling/v1/payments_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { paymentsKeys } from '@starling/protocol/modules/payments/keys'
import { verifyStoreValue } from '@starling/protocol/proof/verifyStoreValue'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../../app/testing/askQuery.ts'
import { ALLO, openTestTopic, predict, send, type TestTopic } from '../../app/testing/openTestTopic.ts'
import type { TestActor } from '../../app/testing/testChain.ts'
import { messages, referenceRules } from '../../app/testing/testMessages.ts'
import { testActors } from '../../app/testing/testNetwork.ts'
import { isProven } from '../../store/testing/checkProof.ts'
import { getBalance } from '../bank/view.ts'
import { getLatestAnswer } from '../synthesis/view.ts'
import { getEscrow, getReceipt } from './view.ts'

const payments = [GetPaymentsRequestSchema, GetPaymentsResponseSchema] as const
const receipts = [GetReceiptRequestSchema, GetReceiptResponseSchema] as const
/** What every test transaction costs. */
const GAS = 10_000_000n
const buyers = testActors('buyer', 2)
const [buyer, other] = buyers as readonly [TestActor, TestActor]

/** A topic whose first answer was published by the newest block. */
function openAnswered(params: Record<string, string> = {}): TestTopic {
  const topic = openTestTopic({ others: buyers, params, policy: referenceRules })
  predict(topic, topic.first, ['20', '21', '22'])
  topic.mineTo(topic.first + 3n)
  return topic
}

const paymentsOf = ({ chain }: TestTopic) => askQuery(chain.application, payments, { topicId: 1n })

describe('a request for an answer that is not there', () => {
  it('is refused where there is none yet, or none of those that exist is fresh enough, and costs gas alone', () => {
    const topic = openTestTopic({ others: buyers, policy: referenceRules })
    const { stores } = topic.chain
    const balance = (): bigint => getBalance(stores, buyer.address)
    const before = balance()
    expect(send(topic, buyer, messages.request(buyer, 1n, ALLO))).toMatchObject({ codespace: 'payments', code: 2 })
    expect(balance()).toBe(before - GAS)
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 6n)
    const late = send(topic, buyer, messages.request(buyer, 1n, ALLO, { maxAge: 3n }))
    expect(late).toMatchObject({ codespace: 'payments', code: 3 })
    expect(late.log).toContain(`nonce ${topic.first}, is 4 blocks old and max_age allows 3, so nothing is paid`)
    expect(balance()).toBe(before - 2n * GAS)
    expect(paymentsOf(topic)).toMatchObject({ escrow: '0', requests: 0n, funders: [] })
    expect(send(topic, buyer, messages.request(buyer, 1n, ALLO, { maxAge: 5n })).code).toBe(0)
    expect(balance()).toBe(before - 3n * GAS - ALLO)
  })

  it('is refused without a topic, without coins, and with fields that mean nothing, by their names', () => {
    const topic = openAnswered()
    expect(send(topic, buyer, messages.request(buyer, 9n, 1n))).toMatchObject({ codespace: 'emissions', code: 23 })
    expect(send(topic, buyer, messages.request(buyer, 1n, 10n ** 25n))).toMatchObject({ codespace: 'sdk', code: 5 })
    const stale = send(topic, buyer, messages.request(buyer, 1n, 1n, { maxAge: 0n }))
    expect(stale).toMatchObject({ codespace: 'payments', code: 4, log: expect.stringContaining('max_age must be at') })
    for (const reference of ['x'.repeat(65), 'line\nbreak', 'naïve']) {
      const refused = send(topic, buyer, messages.request(buyer, 1n, 1n, { reference }))
      expect(refused).toMatchObject({ codespace: 'payments', code: 4, log: expect.stringContaining('reference must') })
    }
    expect(getEscrow(topic.chain.stores, 1n)).toBe(0n)
  })
})

describe('a request for an answer', () => {
  it('moves the pay into the escrow and names the answer in its response, its event and a proven receipt', () => {
    const topic = openAnswered()
    const { stores, application } = topic.chain
    const { nonce = 0n } = getLatestAnswer(stores, 1n) ?? {}
    const result = topic.mustBlock([buyer, messages.request(buyer, 1n, ALLO, { maxAge: 1n, reference: 'order 7' })])
    const [tx] = result.txResults
    const [response] = fromBinary(TxMsgDataSchema, tx?.data ?? new Uint8Array()).msgResponses
    const { receiptId } = fromBinary(RequestInferenceResponseSchema, response?.value ?? new Uint8Array())
    const event = tx?.events.find(({ type }) => type === 'starling.v1.EventInferenceRequested')
    expect(event?.attributes).toContainEqual({ key: 'receipt_id', value: `"${receiptId}"`, index: true })
    const expected = {
      ...{ id: receiptId, topicId: 1n, nonce, payer: buyer.address },
      ...{ pay: ALLO.toString(), height: topic.height(), reference: 'order 7' },
    }
    expect(askQuery(application, receipts, { id: receiptId }).receipt).toMatchObject(expected)
    expect(getEscrow(stores, 1n)).toBe(ALLO)
    expect(getBalance(stores, moduleAddresses.starlingescrow)).toBe(ALLO)

    const key = paymentsKeys.receipt(receiptId)
    const { version, root } = stores.latest()
    const { value, ops } = stores.prove('payments', key, version)
    verifyStoreValue({ appHash: root, store: 'payments', key, value, ops })
    expect(isProven({ value, ops }, root, 'payments', key)).toBe(true)
    expect(fromBinary(ReceiptSchema, value ?? new Uint8Array())).toMatchObject(expected)
  })

  it('buys the newest answer, in the block that publishes one still the one before', () => {
    const topic = openAnswered()
    topic.mineTo(topic.first + 5n)
    predict(topic, topic.first + 5n, ['30', '31', '32'])
    topic.mineTo(topic.first + 7n)
    topic.mustBlock([buyer, messages.request(buyer, 1n, 1n)])
    topic.mustBlock([buyer, messages.request(buyer, 1n, 1n)])
    const nonces = [1n, 2n].map((id) => getReceipt(topic.chain.stores, id)?.nonce)
    expect(nonces).toEqual([topic.first, topic.first + 5n])
  })

  it('may be free: it has a receipt and counts, but not for the price', () => {
    const topic = openAnswered()
    topic.mustBlock([buyer, messages.request(buyer, 1n, 0n)])
    expect(getReceipt(topic.chain.stores, 1n)).toMatchObject({ pay: '0', payer: buyer.address })
    expect(paymentsOf(topic)).toMatchObject({
      ...{ escrow: '0', suggestedPrice: '0', requests: 1n, paidRequests: 0n, funders: [] },
    })
  })

  it('leaves the same escrow, price and totals in whichever order a block has them', () => {
    const pays = [5n, 1n, 9n, 0n, 7n]
    const after = [pays, pays.toReversed()].map((order) => {
      const topic = openAnswered()
      topic.mustBlock(
        ...order.map(
          (pay) => [pay === 9n ? other : buyer, messages.request(pay === 9n ? other : buyer, 1n, pay)] as const,
        ),
      )
      return paymentsOf(topic)
    })
    expect(after[0]).toEqual(after[1])
    expect(after[0]).toMatchObject({ escrow: '22', suggestedPrice: '5', requests: 5n, paidRequests: 4n, paid: '22' })
    expect(after[0]?.funders.map(({ paid }) => paid).toSorted()).toEqual(['13', '9'])
  })

  it('suggests the lower median of the last 100 paid ones', () => {
    const topic = openAnswered()
    const request = (pay: bigint) => messages.request(buyer, 1n, pay)
    topic.mustBlock([buyer, ...Array.from({ length: 15 }, () => request(1000n))])
    for (let i = 0; i < 7; i++) {
      topic.mustBlock([buyer, ...Array.from({ length: 15 }, (_, k) => request(BigInt(i * 15 + k + 1)))])
    }
    // 1 … 105 came last; the last 100 of them are 6 … 105.
    expect(paymentsOf(topic)).toMatchObject({ suggestedPrice: '55', paidRequests: 120n })
  })

  it('forgets receipts beyond the retention, at most four with each new one', () => {
    const topic = openAnswered({ receiptRetention: '10' })
    const { stores, application } = topic.chain
    topic.mustBlock([buyer, ...Array.from({ length: 6 }, () => messages.request(buyer, 1n, 1n))])
    const at = topic.height()
    topic.mineTo(at + 9n)
    topic.mustBlock([buyer, messages.request(buyer, 1n, 1n)])
    expect(getReceipt(stores, 1n)).toBeDefined()
    topic.mustBlock([buyer, messages.request(buyer, 1n, 1n)])
    expect([1n, 4n, 5n, 8n].map((id) => getReceipt(stores, id)?.id)).toEqual([undefined, undefined, 5n, 8n])
    expect(() => askQuery(application, receipts, { id: 4n })).toThrow('receipts are kept for 10 blocks')
  })
})

describe('what a topic was paid', () => {
  it('lists its funders page by page, and refuses a page that is none', () => {
    const topic = openAnswered()
    topic.mustBlock([buyer, messages.request(buyer, 1n, 3n)], [other, messages.request(other, 1n, 4n)])
    const { application } = topic.chain
    const [first, second] = [buyer.address, other.address].toSorted()
    const page = askQuery(application, payments, { topicId: 1n, limit: 1n })
    expect(page.funders.map(({ address }) => address)).toEqual([first])
    const rest = askQuery(application, payments, { topicId: 1n, after: first ?? '', limit: 5n })
    expect(rest.funders.map(({ address }) => address)).toEqual([second])
    expect(() => askQuery(application, payments, { topicId: 1n, after: 'x' })).toThrow('after must be')
    expect(() => askQuery(application, payments, { topicId: 7n })).toThrow('no topic 7')
  })
})
