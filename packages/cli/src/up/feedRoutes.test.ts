import { create } from '@bufbuild/protobuf'
import { TopicViewSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import type { Client } from '@starling/sdk/types'
import { createFeed } from '@starling/services/feed/createFeed'
import { readSp500 } from '@starling/services/feed/readSp500'
import { describe, expect, it } from 'vitest'
import { createFeedAnswer, epochIndexOf } from './feedRoutes.ts'

const feed = createFeed(readSp500())

/** A feed beside a chain whose volatility topic opened epochs 8, 13 and 18. */
function answerer(firstNonce = 8n, newestNonce = 18n) {
  const view = create(TopicViewSchema, { topic: { name: 'volatility' }, firstNonce, newestNonce })
  return createFeedAnswer(feed, { topicsUnverified: async () => [view] } as Partial<Client> as Client)
}

describe('the feed route', () => {
  it('hands out what was known on the day of the epoch', async () => {
    expect(await answerer()('volatility', '13')).toEqual({ status: 200, body: feed.dataFor('volatility', 1) })
  })

  it.each([['3'], ['23'], ['999999']])('has nothing for nonce %s, which has not opened', async (nonce) => {
    expect(await answerer()('volatility', nonce)).toMatchObject({ status: 404, body: { code: 5 } })
  })

  it.each([[''], ['-1'], ['1e3'], ['x'], ['9'.repeat(40)]])('refuses the nonce "%s"', async (nonce) => {
    expect(await answerer()('volatility', nonce)).toMatchObject({ status: 400, body: { code: 3 } })
  })

  it('has no other topics, and says where the data ends', async () => {
    expect(await answerer()('rain', '13')).toMatchObject({ status: 404 })
    const end = 8n + 5n * BigInt(feed.epochs)
    const beyond = await answerer(8n, end)('volatility', end.toString())
    expect(beyond).toMatchObject({ status: 404, body: { message: expect.stringContaining('the data ends') } })
  })
})

it('the first epoch of a topic is day 0 of the feed', () => {
  expect(epochIndexOf({ firstNonce: 8n }, 8n)).toBe(0)
  expect(epochIndexOf({ firstNonce: 8n }, 508n)).toBe(100)
})
