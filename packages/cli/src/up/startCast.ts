import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { createFromTemplate, topicTemplates } from '@starling/protocol/presets/topicTemplates'
import { createSender } from '@starling/sdk/sender/createSender'
import type { Client, SentTx } from '@starling/sdk/types'
import { startConsumer } from '@starling/services/consumer/startConsumer'
import type { Feed } from '@starling/services/feed/createFeed'
import { startReputer } from '@starling/services/reputer/startReputer'
import type { Actor } from '@starling/services/shared/actor'
import type { Log } from '@starling/services/shared/log'
import { shareFeed } from '@starling/services/shared/shareFeed'
import { createTopicHistory } from '@starling/services/shared/topicHistory'
import type { BuiltInPool } from '@starling/services/worker/model/builtInPool'
import { startWorker } from '@starling/services/worker/startWorker'
import { predictAttack } from './attack/predictAttack.ts'
import { type Cast, modelOf, REPUTER_STAKE, type TopicCast } from './cast.ts'
import type { CastMember } from './castMember.ts'
import { epochIndexOf } from './feedRoutes.ts'
import { localPace } from './localNetwork.ts'
import { seededSalts } from './seededSalts.ts'

/** What the actors work with. */
export type Stage = {
  readonly client: Client
  readonly feed: Feed
  readonly pool: BuiltInPool
  readonly logOf: (member: CastMember) => Log
  /** Waits until a transaction stands in a block. */
  readonly landed: (sent: SentTx) => Promise<unknown>
}

const ALLO = 10n ** 18n
/** What an answer is worth to the consumer, in uallo: something, and twice that where it beat the plain mean. */
const WORTH = ALLO / 100n

/** Creates the topics that are missing, as the operator; returns their ids by name. */
export async function createTopics(
  { client, landed }: Stage,
  { operator }: Cast,
): Promise<ReadonlyMap<string, bigint>> {
  const known = await readTopicIds(client)
  const missing = topicTemplates.filter(({ name }) => !known.has(name))
  if (missing.length === 0) return known
  const sender = createSender({ client, wallet: operator.wallet })
  const messages = missing.map((template) => createFromTemplate(template, operator.wallet.address, localPace))
  await landed(await sender.send(messages))
  return readTopicIds(client)
}

async function readTopicIds(client: Client): Promise<Map<string, bigint>> {
  const topics = await client.topicsUnverified()
  return new Map(topics.flatMap(({ topic }) => (topic?.base === undefined ? [] : [[topic.name, topic.base.id]])))
}

/** Starts everybody of the cast. All are ordinary users of the chain: own key, own fees, own registration. */
export function startCast(stage: Stage, cast: Cast, topicIds: ReadonlyMap<string, bigint>): readonly Actor[] {
  const { client, logOf } = stage
  const consumer = createSender({ client, wallet: cast.consumer.wallet })
  return cast.topics.flatMap((one) => {
    const topicId = topicIds.get(one.topic)
    if (topicId === undefined) throw new Error(`topic ${one.topic} was not created`)
    const pays = startConsumer({ client, sender: consumer, topicId, log: logOf(cast.consumer), worthOf })
    return [...startWorkers(stage, one, topicId), ...startReputers(stage, one, topicId), pays]
  })
}

function worthOf({ status, losses }: EpochRecord): bigint {
  if (status !== 'settled' || losses === undefined) return 0n
  return losses.combined < losses.naive ? 2n * WORTH : WORTH
}

function startWorkers({ client, pool, logOf }: Stage, one: TopicCast, topicId: bigint): readonly Actor[] {
  const history = createTopicHistory(client, topicId)
  const feed = shareFeed(client.feed)
  const common = (member: CastMember) => {
    const sender = createSender({ client, wallet: member.wallet })
    return { client, sender, topicId, history, feed, log: logOf(member), saltOf: seededSalts(member.wallet) }
  }
  const honest = new Set(one.workers.map(({ wallet }) => wallet.address))
  const seen = { client, pool, isHonest: (address: string) => honest.has(address) }
  return [
    ...one.workers.map((member) =>
      startWorker({ ...common(member), predict: pool.predict(one.topic, modelOf(member)) }),
    ),
    ...one.forecasters.map((member) => startWorker({ ...common(member), forecast: pool.forecast(modelOf(member)) })),
    ...one.attackers.map((member) => startWorker({ ...common(member), predict: predictAttack(member, seen) })),
  ]
}

function startReputers({ client, feed, logOf }: Stage, one: TopicCast, topicId: bigint): readonly Actor[] {
  const truth = async ({ nonce }: { readonly nonce: number }) => {
    const index = epochIndexOf(await client.topicUnverified(topicId), BigInt(nonce))
    if (index < 0 || index >= feed.epochs) return null
    const { value, source, date } = feed.truthFor(one.topic, index)
    return { ...(typeof value === 'string' ? { label: value } : { value }), source, observedAt: date }
  }
  return one.reputers.map((member) => {
    const sender = createSender({ client, wallet: member.wallet })
    const saltOf = seededSalts(member.wallet)
    return startReputer({ client, sender, topicId, log: logOf(member), truth, stake: REPUTER_STAKE, saltOf })
  })
}
