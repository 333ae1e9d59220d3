import type { Rpc } from '../http/createRpc.ts'
import { integerAt, listAt } from '../http/json.ts'
import { backoff, createNaps } from '../http/pause.ts'
import { StarlingError } from '../starlingError.ts'
import { readEvents, readTxEvent, readTxHash } from '../tx/readTx.ts'
import type { BlockNotice, LandedTx } from '../types.ts'
import { type BlockFeed, createBlockFeed } from './createBlockFeed.ts'
import { createTxWaiters, type TxWaiters } from './createTxWaiters.ts'
import { fetchNotice } from './fetchNotice.ts'
import { type Link, type LinkPace, openLink } from './openLink.ts'

/** How patient a client is with its connection, in milliseconds. */
export type Pace = LinkPace & {
  /** First wait before connecting again; it doubles with each failure, with jitter. */
  readonly reconnectMs: number
  /** Longest wait before connecting again; without a WebSocket the chain is looked at so often. */
  readonly reconnectMaxMs: number
  /** Waiting for a transaction ends when the node did not answer for so long. */
  readonly giveUpMs: number
}

/** Watches the chain through one WebSocket, and by asking while there is none. Opened by whoever needs it first. */
export interface Watcher extends Pick<TxWaiters, 'expect' | 'forget' | 'wait'> {
  /** Height of the newest block seen; undefined before the first. */
  newest(): bigint | undefined
  blocks(): AsyncIterable<BlockNotice>
  close(): Promise<void>
}

/** What a watcher stands on. */
export type WatcherOptions = {
  readonly rpc: Rpc
  readonly socketUrl: string
  readonly pace: Pace
  readonly lookUp: (hash: string) => Promise<LandedTx | undefined>
}

/** Blocks that another node behind the same address may be late by; further back is another chain. */
const LATE = 10n

/** A watcher that does nothing yet. */
export function createWatcher({ rpc, socketUrl, pace, lookUp }: WatcherOptions): Watcher {
  const naps = createNaps()
  let closed = false
  let running: Promise<void> | undefined
  const isClosed = (): boolean => closed
  const feed = createBlockFeed((height) => fetchNotice({ rpc, naps, isClosed, pace }, height))
  const waiters = createTxWaiters(lookUp)
  const session = createSession({ rpc, socketUrl, pace, feed, waiters, end })

  function end(error?: StarlingError): void {
    if (closed) return
    closed = true
    feed.end(error)
    waiters.end(error ?? new StarlingError('unavailable', 'The client is closed; make another one.'))
    session.close()
    naps.end()
  }
  const run = async (): Promise<void> => {
    for (let failures = 0; !closed; failures++) {
      if (await session.look()) failures = (await session.live()) ? 0 : failures
      if (!closed) await naps.nap(backoff(failures, pace.reconnectMs, pace.reconnectMaxMs))
    }
  }
  const start = (): void => {
    if (!closed) running ??= run()
  }
  return {
    newest: feed.newest,
    expect: waiters.expect,
    forget: waiters.forget,
    wait(hash, timeoutHeight) {
      start()
      return waiters.wait(hash, timeoutHeight)
    },
    blocks() {
      start()
      return feed.following()
    },
    async close() {
      end()
      await running
    },
  }
}

type SessionOptions = Omit<WatcherOptions, 'lookUp'> & {
  readonly feed: BlockFeed
  readonly waiters: TxWaiters
  readonly end: (error: StarlingError) => void
}

/** One connection after the other. */
type Session = {
  /** Asks where the chain is, so that nothing is missed while there is no connection; false where nobody answers. */
  readonly look: () => Promise<boolean>
  /** Stays connected as long as it lasts; false where no connection came about. */
  readonly live: () => Promise<boolean>
  readonly close: () => void
}

function createSession({ rpc, socketUrl, pace, feed, waiters, end }: SessionOptions): Session {
  let contact: number | undefined
  const closing = new AbortController()

  const reach = async (height: bigint): Promise<void> => {
    contact = Date.now()
    const newest = feed.newest()
    if (newest !== undefined && height + LATE < newest) return end(otherChain(rpc.url, height, newest))
    feed.reach(height)
    await waiters.reach(height)
  }
  const look = async (): Promise<boolean> => {
    try {
      await reach(integerAt(await rpc.call('status'), ['sync_info', 'latest_block_height']))
      return true
    } catch (error) {
      if (!(error instanceof StarlingError)) throw error
      contact ??= Date.now()
      if (Date.now() - contact > pace.giveUpMs) waiters.fail(error)
      return false
    }
  }
  const listen = async (link: Link): Promise<void> => {
    await link.subscribe("tm.event='Tx'", (result) => {
      if (waiters.wants(readTxHash(result))) waiters.land(readTxEvent(result))
    })
    await link.subscribe("tm.event='NewBlockEvents'", (result) => {
      const notice = readNotice(result)
      feed.add(notice)
      void waiters.reach(notice.height)
    })
    await look()
    await waiters.listen()
    await link.over
  }
  return {
    look,
    async live() {
      let link: Link | undefined
      try {
        link = await openLink(socketUrl, pace, closing.signal)
        await listen(link)
        contact = Date.now()
        return true
      } catch (error) {
        if (!(error instanceof StarlingError)) throw error
        return false
      } finally {
        waiters.deafen()
        link?.close()
      }
    },
    close: () => closing.abort(),
  }
}

function readNotice(result: unknown): BlockNotice {
  const height = integerAt(result, ['data', 'value', 'height'])
  return { height, events: readEvents(listAt(result, 'data', 'value', 'events')) }
}

function otherChain(url: string, height: bigint, newest: bigint): StarlingError {
  const message = `The chain at ${url} is at height ${height}, but was at ${newest}: the node began anew or another one answers. Connect again.`
  return new StarlingError('unavailable', message)
}
