import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { Client } from '@starling/sdk/types'

/** Every topic of the chain, by id. */
export async function listTopics(client: Client): Promise<readonly TopicView[]> {
  const all: TopicView[] = []
  for (;;) {
    const page = await client.topicsUnverified({ after: all.at(-1)?.topic?.base?.id ?? 0n })
    if (page.length === 0) return all
    all.push(...page)
  }
}
