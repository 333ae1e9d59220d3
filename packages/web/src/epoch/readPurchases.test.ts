import { expect, it } from 'vitest'
import { readPurchases } from './readPurchases.ts'

const event = (values: Readonly<Record<string, string>>, type = 'starling.v1.EventInferenceRequested') => ({
  type,
  attributes: Object.entries(values).map(([key, value]) => ({ key, value: `"${value}"` })),
})
const bought = { receipt_id: '7', topic_id: '1', nonce: '35', payer: 'allo1x', pay: '25', reference: 'a "mark"' }
const answer = {
  total_count: '1',
  txs: [
    {
      ...{ hash: 'AB', height: '40' },
      tx_result: {
        events: [
          event(bought),
          event({ ...bought, nonce: '40' }),
          event(bought, 'tx'),
          event({ ...bought, topic_id: '2' }),
        ],
      },
    },
  ],
}

it('PW-1 finds who bought the answer of an epoch, and nothing else of their transactions', async () => {
  const asked: unknown[] = []
  const call = async (...given: unknown[]): Promise<unknown> => {
    asked.push(given)
    return answer
  }
  const found = await readPurchases({ call } as never, { topicId: 1n, nonce: 35n, most: 9 })
  expect(found).toEqual({
    total: 1n,
    purchases: [{ receipt: '7', payer: 'allo1x', pay: 25n, reference: 'a "mark"', height: 40n, hash: 'AB' }],
  })
  const name = 'starling.v1.EventInferenceRequested'
  const query = `${name}.topic_id='"1"' AND ${name}.nonce='"35"'`
  expect(asked).toEqual([['tx_search', { query, per_page: '9', order_by: 'desc' }]])
})

it('refuses an answer that is none, instead of saying that nobody has bought', async () => {
  const call = async (): Promise<unknown> => ({ total_count: '1', txs: 'none' })
  const asked = readPurchases({ call } as never, { topicId: 1n, nonce: 35n, most: 9 })
  await expect(asked).rejects.toThrow('no list at txs')
})
