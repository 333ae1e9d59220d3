import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { Chain } from './openChain.ts'

const PAGE = 1000

const known = new WeakMap<Chain, readonly TopicView[]>()

/**
 * All topics of a chain as the node lists them, by id. What never changes of a topic is asked for once: after the first
 * call only new topics are fetched.
 */
export async function readTopics(chain: Chain): Promise<readonly TopicView[]> {
  let views = known.get(chain) ?? []
  for (;;) {
    const after = views.at(-1)?.topic?.base?.id ?? 0n
    const page = await chain.client.topicsUnverified({ after, limit: PAGE })
    const fresh = page.filter(({ topic }) => (topic?.base?.id ?? 0n) > after)
    // Two callers at once may have got the same page.
    const newest = known.get(chain) ?? []
    views = newest.length > views.length ? newest : [...views, ...fresh]
    known.set(chain, views)
    if (page.length < PAGE) return views
  }
}
