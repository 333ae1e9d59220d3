import type { BlockNotice, ChainEvent, Client } from '@starling/sdk/types'
import { isAway, sentenceOf } from './failure.ts'
import { createHorizon, type Horizon } from './horizon.ts'
import { createIdleGate, type IdleGate } from './idleGate.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { createSayOnce, type Log } from './log.ts'
import { orAborted } from './orAborted.ts'
import type { Timers } from './timers.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** How often a node is asked for its height while somebody waits for a block that does not come. */
const PROBE_MS = 5_000
/** How long a stopping actor lets a request finish that is under way. */
const FAREWELL_MS = 3_000

/** A daemon of one account that follows the chain. */
export type Actor = {
  readonly address: string
  /**
   * Resolves when the actor has handled block `height` and what it had to send for it is in the mempool or given up;
   * also when the node is away or the actor stops.
   */
  idleAt(height: bigint): Promise<void>
  /** Ends what is under way and lets go. Nothing is sent after that. */
  stop(): Promise<void>
}

/** What an actor sees each time it acts. */
export type Moment = {
  /** The newest block. */
  readonly height: bigint
  /** Events of the blocks since the last moment, oldest first. */
  readonly events: readonly ChainEvent[]
  /** First of all, and where blocks may have been missed: ask the chain for what is open. */
  readonly resync: boolean
  /** Aborts when the actor stops. */
  readonly stop: AbortSignal
  readonly until: Horizon['until']
  readonly newest: () => bigint
}

/** What an actor is made of. */
export type ActorOptions = {
  readonly client: Client
  readonly address: string
  readonly log: Log
  readonly timers: Timers
  /** Acts. When it rejects, as when the node is away, it is called again after a pause with the same news. */
  readonly handle: (moment: Moment) => Promise<void>
}

type Parts = ActorOptions & {
  readonly stop: AbortSignal
  readonly inbox: Inbox
  readonly gate: IdleGate
  readonly horizon: Horizon
}

/** Follows the chain from now on: waits for the node, subscribes, and has `handle` act on what is new. */
export function startActor(options: ActorOptions): Actor {
  const stopping = new AbortController()
  const { signal: stop } = stopping
  const parts: Parts = {
    ...options,
    stop,
    inbox: createInbox(),
    gate: createIdleGate(),
    horizon: createHorizon(stop),
  }
  const ended = Promise.all([readBlocks(parts), act(parts)])
  let probing = false
  return {
    address: options.address,
    async idleAt(height) {
      const idle = parts.gate.wait(height)
      if (!probing && parts.gate.wanted() !== undefined) {
        probing = true
        void probe(parts).finally(() => {
          probing = false
        })
      }
      await idle
    },
    async stop() {
      stopping.abort()
      parts.gate.open()
      const patience = new AbortController()
      await Promise.race([ended, options.timers.sleep(FAREWELL_MS, patience.signal)])
      patience.abort()
    },
  }
}

/** Puts each block into the inbox; subscribes again when a subscription ends. */
async function readBlocks({ client, stop, inbox, horizon, timers, log }: Parts): Promise<void> {
  let troubled = false
  for (let pause = FIRST_PAUSE_MS; !stop.aborted; ) {
    let iterator: AsyncIterator<BlockNotice> | undefined
    try {
      iterator = client.blocks()[Symbol.asyncIterator]()
      for (;;) {
        const next = await orAborted(iterator.next(), stop)
        if (next === undefined || next.done === true) break
        const { height } = next.value
        const before = horizon.newest()
        if (before !== undefined && height > before + 1n) inbox.resync()
        horizon.see(height)
        inbox.add(next.value)
        pause = FIRST_PAUSE_MS
        troubled = false
      }
    } catch (error) {
      if (!troubled) log.warn(`The subscription to new blocks is gone, subscribing again: ${sentenceOf(error)}`)
      troubled = true
    }
    // Not awaited: a generator that still waits for its next block would never come back.
    iterator?.return?.().catch(() => {})
    if (stop.aborted) return
    await timers.sleep(pause, stop)
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    inbox.resync()
  }
}

/** Takes what is in the inbox and acts on it, again and again. */
async function act(parts: Parts): Promise<void> {
  const { client, stop, inbox, gate, horizon, timers, log } = parts
  const once = createSayOnce(log)
  let away = false
  for (let pause = FIRST_PAUSE_MS; ; ) {
    await inbox.ready(stop)
    if (stop.aborted) return
    const news = inbox.take()
    try {
      if (news.resync) horizon.see(await client.height())
      const height = horizon.newest() ?? 0n
      const newest = (): bigint => horizon.newest() ?? height
      await parts.handle({ ...news, height, stop, until: horizon.until, newest })
      if (away) log.info(`The node at ${client.url} answers again.`)
      away = false
      gate.handled(height)
      pause = FIRST_PAUSE_MS
    } catch (error) {
      if (stop.aborted) return
      const isNodeAway = isAway(error)
      if (!isNodeAway) once.say('error', 'trouble', `${sentenceOf(error)} Trying again until it works.`)
      else if (!away) log.warn(`Waiting for the node at ${client.url}: ${sentenceOf(error)}`)
      away ||= isNodeAway
      inbox.putBack({ ...news, resync: true })
      gate.release()
      await timers.sleep(pause, stop)
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    }
  }
}

/** While somebody waits: notices a node that is gone, and a subscription that has gone quiet. */
async function probe({ client, stop, inbox, gate, horizon, timers }: Parts): Promise<void> {
  while (!stop.aborted) {
    await timers.sleep(PROBE_MS, stop)
    const wanted = gate.wanted()
    if (wanted === undefined) return
    try {
      const height = await client.height()
      if (height >= wanted && (horizon.newest() ?? 0n) < wanted) inbox.resync()
    } catch {
      gate.release()
      return
    }
  }
}
