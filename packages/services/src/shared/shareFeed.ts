import { createBoundedMap } from './boundedMap.ts'

/** What a topic's feed offers for a nonce; undefined where there is nothing. */
export type FeedSource = (topicName: string, nonce: bigint) => Promise<unknown>

const REMEMBERED = 16

/** Asks a feed once for each topic and nonce and hands everybody the same object. A failed question is asked again. */
export function shareFeed(feed: FeedSource): FeedSource {
  const answers = createBoundedMap<string, Promise<unknown>>(REMEMBERED)
  return (topicName, nonce) => {
    const key = `${nonce} ${topicName}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = feed(topicName, nonce)
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    return answer
  }
}
