/** What a topic's feed offers for a nonce; undefined where there is nothing. */
export type FeedSource = (topicName: string, nonce: bigint) => Promise<unknown>

const REMEMBERED = 16

/** Asks a feed once for each topic and nonce and hands everybody the same object. A failed question is asked again. */
export function shareFeed(feed: FeedSource): FeedSource {
  const answers = new Map<string, Promise<unknown>>()
  return (topicName, nonce) => {
    const key = `${nonce} ${topicName}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = feed(topicName, nonce)
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    for (const oldest of answers.keys()) {
      if (answers.size <= REMEMBERED) break
      answers.delete(oldest)
    }
    return answer
  }
}
