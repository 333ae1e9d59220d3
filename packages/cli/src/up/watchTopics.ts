import { create } from '@bufbuild/protobuf'
import { type Answer, type EpochRecord, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { addRecord, emptyTally, type TopicTally } from '@starling/sdk/records/topicTally'
import type { Client } from '@starling/sdk/types'
import type { Feed } from '@starling/services/feed/createFeed'
import type { AttackKind } from './attack/attackKinds.ts'
import type { Cast } from './cast.ts'
import { epochIndexOf } from './feedRoutes.ts'

/** A topic under watch. */
export type WatchedTopic = {
  readonly id: bigint
  readonly name: string
  readonly unit: string
  readonly tally: TopicTally
  /** The same as if only those who do not attack had worked; undefined where nobody attacks. */
  readonly honest: TopicTally | undefined
  /** Of whom it is known that they attack. */
  readonly attackers: ReadonlyMap<string, AttackKind>
  /** The answer that the newest settled epoch settled; undefined before the first. */
  answer: Answer | undefined
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
export async function watchTopics(
  client: Client,
  feed: Feed,
  topicIds: ReadonlyMap<string, bigint>,
  cast: Pick<Cast, 'topics'>,
): Promise<Watch> {
  const topics = await Promise.all([...topicIds.values()].map((id) => openTopic(client, id, cast)))
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

async function openTopic(client: Client, id: bigint, cast: Pick<Cast, 'topics'>): Promise<WatchedTopic> {
  const { topic } = await client.topicUnverified(id)
  if (topic?.policy === undefined) throw new Error(`topic ${id} has no policy`)
  const policy = parsePolicy(topic.policy)
  const attackers = attackersOf(cast, topic.name)
  return {
    id,
    name: topic.name,
    unit: policy.unit,
    tally: emptyTally(policy),
    honest: attackers.size === 0 ? undefined : emptyTally(policy),
    attackers,
    answer: undefined,
    date: '',
  }
}

async function catchUp(client: Client, feed: Feed, topic: WatchedTopic): Promise<void> {
  for (;;) {
    const records = await client.epochsUnverified(topic.id, { after: topic.tally.after, limit: PAGE })
    // A page may be short because its records are large; only an empty one is the end.
    if (records.length === 0) break
    for (const record of records) {
      addRecord(topic.tally, record)
      if (topic.honest !== undefined) addRecord(topic.honest, withoutWorkers(record, topic.attackers))
    }
  }
  const { newest } = topic.tally
  if (newest === undefined) return
  topic.answer = (await client.answerUnverified(topic.id, newest.nonce)).answer
  const index = epochIndexOf(await client.topicUnverified(topic.id), newest.nonce)
  topic.date = index >= 0 && index < feed.epochs ? feed.truthFor(topic.name, index).date : ''
}

function attackersOf({ topics }: Pick<Cast, 'topics'>, name: string): ReadonlyMap<string, AttackKind> {
  const attackers = topics.find(({ topic }) => topic === name)?.attackers ?? []
  return new Map(attackers.map(({ wallet, kind }) => [wallet.address, kind]))
}

/** A record as if some workers had not been there; the network's values stay as they are. */
function withoutWorkers(record: EpochRecord, some: ReadonlyMap<string, unknown>): EpochRecord {
  const { network, losses } = record
  if (network === undefined || losses === undefined) return record
  return create(EpochRecordSchema, {
    ...record,
    network: { ...network, inferers: network.inferers.filter(({ worker }) => !some.has(worker)) },
    losses: { ...losses, inferers: losses.inferers.filter(({ address }) => !some.has(address)) },
  })
}
