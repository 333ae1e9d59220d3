import { createWatcher, type Pace } from './events/createWatcher.ts'
import { baseUrl, rpcBeside, socketUrl } from './http/baseUrl.ts'
import { createRest } from './http/createRest.ts'
import { createRpc } from './http/createRpc.ts'
import { requestTimeoutMs } from './http/requestTimeoutMs.ts'
import type { TrustOptions } from './proof/createLightClient.ts'
import { createVerifiedQueries } from './proof/createVerifiedQueries.ts'
import { createLightSource } from './proof/lightSource.ts'
import { memoryPins } from './proof/pins.ts'
import { createQueries } from './queries/createQueries.ts'
import { broadcastTx } from './tx/broadcastTx.ts'
import { txHash } from './tx/txHash.ts'
import type { Client } from './types.ts'

/** Where a client finds its node, and how patient it is. */
export type ClientOptions = {
  /** REST server; default `http://127.0.0.1:1317`. */
  readonly url?: string
  /** CometBFT-style RPC server; default the host of `url` at port 26657. */
  readonly rpc?: string
  /** How long one request may take; default 30,000. */
  readonly timeoutMs?: number
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch
  /** Waits of the connection that `blocks` and `waitForTx` share; the defaults suit blocks of a second. */
  readonly pace?: Partial<Pace>
  /** What verified reads begin with, and how strict they are. */
  readonly trust?: TrustOptions
}

const DEFAULT_URL = 'http://127.0.0.1:1317'
const defaultPace: Pace = {
  healthMs: 20_000,
  answerMs: 10_000,
  reconnectMs: 250,
  reconnectMaxMs: 5_000,
  giveUpMs: 60_000,
}

/**
 * A client of one node. Nothing is connected until something is asked; `close` it when done.
 *
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:1317' })
 * const { answer } = await client.answerUnverified(1n)
 * for await (const { height } of client.blocks()) console.log(height)
 */
export function createClient(options: ClientOptions = {}): Client {
  const url = baseUrl(options.url ?? DEFAULT_URL)
  const rpcUrl = baseUrl(options.rpc ?? rpcBeside(url))
  const { timeoutMs = requestTimeoutMs, fetch = globalThis.fetch } = options
  const rest = createRest({ fetch, timeoutMs, url, flag: '--node' })
  const rpc = createRpc({ fetch, timeoutMs, url: rpcUrl, flag: '--rpc' })
  const queries = createQueries(rest)
  const verified = createVerifiedQueries(createLightSource(rpc), { pins: memoryPins(), ...options.trust })
  const watcher = createWatcher({
    rpc,
    socketUrl: socketUrl(rpcUrl),
    pace: { ...defaultPace, ...options.pace },
    lookUp: queries.tx,
  })
  return {
    ...queries,
    ...verified,
    url,
    rpc: rpcUrl,
    seenHeight: watcher.newest,
    async broadcast(tx) {
      const hash = txHash(tx)
      watcher.expect(hash)
      try {
        return await broadcastTx(rest, tx)
      } catch (error) {
        watcher.forget(hash)
        throw error
      }
    },
    waitForTx: (hash, timeoutHeight) => watcher.wait(hash.toUpperCase(), timeoutHeight),
    blocks: watcher.blocks,
    close: watcher.close,
  }
}
