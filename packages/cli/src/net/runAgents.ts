import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@starling/sdk/createClient'
import type { Client } from '@starling/sdk/types'
import { createFeed } from '@starling/services/feed/createFeed'
import { readSp500 } from '@starling/services/feed/readSp500'
import type { Actor } from '@starling/services/shared/actor'
import { closedEpochs } from '@starling/services/shared/chainEvents'
import { sentenceOf } from '@starling/services/shared/failure'
import { orAborted } from '@starling/services/shared/orAborted'
import { builtInPool } from '@starling/services/worker/model/builtInPool'
import type { Io } from '../io.ts'
import { createCast } from '../up/cast.ts'
import { type ActorLogs, createActorLogs } from '../up/createActorLogs.ts'
import { openLines } from '../up/openLines.ts'
import { createTopics, type Stage, startCast } from '../up/startCast.ts'
import { type Watch, watchTopics } from '../up/watchTopics.ts'
import { startFailOver } from './failOver.ts'
import type { NetPlan } from './netPlan.ts'

/** What the models, reputers and consumers of a network are started with. */
export type AgentsOptions = {
  readonly io: Io
  readonly directory: string
  readonly plan: NetPlan
  readonly say: (sentence: string) => void
  readonly stop: AbortSignal
}

const PAUSE_MS = 2_000

/** Has the cast of the demo topics work on a network until it is asked to stop. A node that dies is changed for another. */
export async function runAgents({ io, directory, plan, say, stop }: AgentsOptions): Promise<void> {
  const feed = createFeed(readSp500())
  const pool = builtInPool()
  const logs = createActorLogs(join(directory, 'actors.log'))
  const place = await startFailOver(plan, say)
  const client = createClient({ url: place.restUrl, rpc: place.rpcUrl })
  const actors: Actor[] = []
  try {
    const stage: Stage = { client, feed, pool, logOf: logs.of, landed: ({ landed }) => landed }
    const cast = createCast(plan.seed)
    const begin = async (): Promise<Watch> => {
      const topicIds = await createTopics(stage, cast)
      const watch = await watchTopics(client, feed, topicIds, cast)
      actors.push(...startCast(stage, cast, topicIds))
      return watch
    }
    const watch = await untilDone(begin, say, stop)
    if (watch === undefined) return
    say(`${actors.length} models, reputers and consumers work on ${watch.topics.map(({ name }) => name).join(', ')}.`)
    await follow({ io, client, watch, logs, stop })
  } finally {
    await Promise.all(actors.map((actor) => actor.stop()))
    await Promise.all([client.close(), pool.close()])
    await place.close()
    logs.close()
  }
}

/** Tries again until it is done: at the start a node may be away as it may be later. */
async function untilDone<T>(
  work: () => Promise<T>,
  say: (sentence: string) => void,
  stop: AbortSignal,
): Promise<T | undefined> {
  while (!stop.aborted) {
    try {
      return await orAborted(work(), stop)
    } catch (error) {
      say(`The topics cannot be set up yet, trying again: ${sentenceOf(error)}`)
      await wait(PAUSE_MS, undefined, { signal: stop }).catch(() => undefined)
    }
  }
  return undefined
}

type Following = {
  readonly io: Io
  readonly client: Client
  readonly watch: Watch
  readonly logs: ActorLogs
  readonly stop: AbortSignal
}

/** Says what each settled epoch brought. */
async function follow({ io, client, watch, logs, stop }: Following): Promise<void> {
  const lines = openLines(io.stderr, 1)
  while (!stop.aborted) {
    try {
      const blocks = client.blocks()[Symbol.asyncIterator]()
      for (;;) {
        const next = await orAborted(blocks.next(), stop)
        if (next === undefined || next.done === true) break
        const { events } = next.value
        if (watch.topics.some(({ id }) => closedEpochs(events, id).length > 0)) await watch.update()
        lines.show({ topics: watch.topics, trouble: logs.newest() })
      }
    } catch {
      // The node is away, which who looks for another one says; the next look catches up.
    }
    await wait(PAUSE_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}
