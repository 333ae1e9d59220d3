import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { Client } from '@starling/sdk/types'
import type { Feed } from '@starling/services/feed/createFeed'
import { localPace } from './localNetwork.ts'

/** What the feed route answers: data, or why there is none. */
export type FeedAnswer =
  | { readonly status: 200; readonly body: unknown }
  | {
      readonly status: 400 | 404
      readonly body: { readonly code: number; readonly message: string; readonly details: [] }
    }

/** Which day of the feed an epoch is about: the first epoch of the topic is day 0. */
export function epochIndexOf({ firstNonce }: Pick<TopicView, 'firstNonce'>, nonce: bigint): number {
  return Number((nonce - firstNonce) / localPace.epochLength)
}

/** Answers `GET /local/feed/{topic}?nonce=`: what was known when the epoch opened, and nothing later. */
export function createFeedAnswer(feed: Feed, client: Client): (topic: string, nonce: string) => Promise<FeedAnswer> {
  return async (topic, text) => {
    if (!/^[0-9]{1,18}$/.test(text)) return refused(400, `nonce must be a whole number, got "${text.slice(0, 40)}"`)
    if (!feed.topics.some(({ name }) => name === topic)) {
      const names = feed.topics.map(({ name }) => name).join(', ')
      return refused(404, `the feed has no topic "${topic.slice(0, 40)}", only ${names}`)
    }
    const view = (await client.topicsUnverified()).find((one) => one.topic?.name === topic)
    const nonce = BigInt(text)
    const opened = view !== undefined && view.firstNonce !== 0n && nonce >= view.firstNonce && nonce <= view.newestNonce
    if (!opened) return refused(404, `no epoch of ${topic} has opened with nonce ${nonce}`)
    const index = epochIndexOf(view, nonce)
    if (index >= feed.epochs)
      return refused(404, `the data ends with epoch ${feed.epochs - 1} of the feed; this is ${index}`)
    return { status: 200, body: feed.dataFor(topic, index) }
  }
}

function refused(status: 400 | 404, message: string): FeedAnswer {
  return { status, body: { code: status === 400 ? 3 : 5, message, details: [] } }
}
