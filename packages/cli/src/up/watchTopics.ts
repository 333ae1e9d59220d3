import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { addRecord, emptyTally, type TopicTally } from '@starling/sdk/records/topicTally'
import type { Client } from '@starling/sdk/types'
import type { Feed } from '@starling/services/feed/createFeed'
import { epochIndexOf } from './feedRoutes.ts'

/** A topic under watch. */
export type WatchedTopic = {
  readonly id: bigint
  readonly name: string
  readonly unit: string
  readonly tally: TopicTally
  /** Date that the newest settled epoch is about; empty before the first. */
  date: string
}

/** The topics of a network, tallied from their records. */
export type Watch = {
  readonly topics: readonly WatchedTopic[]
  /** Adds the records that are new. */
  update(): Promise<void>
  /** The fewest epochs that any topic has settled. */
  settled(): number
  /** True once a topic's newest epoch is beyond the data. */
  dataEnded(): Promise<boolean>
}

const PAGE = 64

/** Starts to watch topics; the records that are there already count too. */
export async function watchTopics(client: Client, feed: Feed, topicIds: ReadonlyMap<string, bigint>): Promise<Watch> {
  const topics = await Promise.all([...topicIds.values()].map((id) => openTopic(client, id)))
  const update = async (): Promise<void> => {
    await Promise.all(topics.map((topic) => catchUp(client, feed, topic)))
  }
  await update()
  return {
    topics,
    update,
    settled: () => topics.reduce((least, { tally }) => Math.min(least, tally.epochs), Number.POSITIVE_INFINITY),
    async dataEnded() {
      const views = await Promise.all(topics.map(({ id }) => client.topicUnverified(id)))
      return views.some((view) => view.firstNonce > 0n && epochIndexOf(view, view.newestNonce) > feed.epochs + 2)
    },
  }
}

async function openTopic(client: Client, id: bigint): Promise<WatchedTopic> {
  const { topic } = await client.topicUnverified(id)
  if (topic?.policy === undefined) throw new Error(`topic ${id} has no policy`)
  const policy = parsePolicy(topic.policy)
  return { id, name: topic.name, unit: policy.unit, tally: emptyTally(policy), date: '' }
}

async function catchUp(client: Client, feed: Feed, topic: WatchedTopic): Promise<void> {
  for (;;) {
    const records = await client.epochsUnverified(topic.id, { after: topic.tally.after, limit: PAGE })
    // A page may be short because its records are large; only an empty one is the end.
    if (records.length === 0) break
    for (const record of records) addRecord(topic.tally, record)
  }
  const { newest } = topic.tally
  if (newest === undefined) return
  const index = epochIndexOf(await client.topicUnverified(topic.id), newest.nonce)
  topic.date = index >= 0 && index < feed.epochs ? feed.truthFor(topic.name, index).date : ''
}
