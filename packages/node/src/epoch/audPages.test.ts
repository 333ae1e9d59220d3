import {
  GetEpochsRequestSchema,
  GetEpochsResponseSchema,
  GetTopicsRequestSchema,
  GetTopicsResponseSchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../app/testing/askQuery.ts'
import { attest, openTestTopic, predict } from '../app/testing/openTestTopic.ts'
import { messages } from '../app/testing/testMessages.ts'

const topic = openTestTopic()
const { application } = topic.chain
for (let i = 0n; i < 4n; i++) {
  const nonce = topic.first + 10n * i
  topic.mineTo(nonce)
  predict(topic, nonce, ['20', '21', '22'])
  attest(topic, nonce, ['20', '20', '20'])
}
topic.mustBlock(...[2, 3, 4].map(() => [topic.creator, messages.createTopic(topic.creator)] as const))

/** All pages one after the other, each from the last key seen. */
function pages(ask: (after: bigint) => readonly bigint[], most: number): readonly bigint[] {
  const seen: bigint[] = []
  for (let page = 0; page <= most; page++) {
    const got = ask(seen.at(-1) ?? 0n)
    if (got.length === 0) return seen
    seen.push(...got)
  }
  throw new Error('the pages do not end')
}

describe('AUD-H12 the pages of a list are the whole list, whatever their size and whatever gaps its ids have', () => {
  const epochs = (after: bigint, limit: bigint): readonly bigint[] =>
    askQuery(application, [GetEpochsRequestSchema, GetEpochsResponseSchema], { topicId: 1n, after, limit }).epochs.map(
      ({ nonce }) => nonce,
    )
  const topics = (after: bigint, limit: bigint): readonly bigint[] =>
    askQuery(application, [GetTopicsRequestSchema, GetTopicsResponseSchema], { after, limit }).topics.map(
      ({ topic: one }) => one?.base?.id ?? 0n,
    )

  it.each([
    ['epochs, whose nonces are five blocks apart', epochs, 4],
    ['topics', topics, 4],
  ] as const)('%s', (_, ask, least) => {
    const all = ask(0n, 0n)
    expect(all.length).toBeGreaterThanOrEqual(least)
    expect(all).toEqual([...new Set(all)].toSorted((a, b) => Number(a - b)))
    for (let limit = 1; limit <= all.length + 1; limit++) {
      expect(ask(0n, BigInt(limit))).toHaveLength(Math.min(limit, all.length))
      expect(pages((after) => ask(after, BigInt(limit)), all.length)).toEqual(all)
    }
    expect(ask(2n ** 53n - 1n, 1n)).toEqual([])
  })
})
