import type { AbciEvent } from '@starling/node/app/application'
import type { StoredTx } from '@starling/node/engine/local/blockStore'
import type { LocalEngine } from '@starling/node/engine/local/localEngine'
import { broadcastTx } from '@starling/node/server/tx/broadcastTx'
import type { RunningNode } from '@starling/node/startNode'
import { createClient } from '@starling/sdk/createClient'
import { type BlockFeed, createBlockFeed } from '@starling/sdk/events/createBlockFeed'
import { refusal, StarlingError } from '@starling/sdk/starlingError'
import type { BlockNotice, ChainEvent, Client, LandedTx } from '@starling/sdk/types'
import { createNodeQueries } from './createNodeQueries.ts'

/**
 * A client of a node in this process. Transactions, blocks and what is asked for each epoch go from hand to hand, through
 * the same checks as what comes over the wire; everything else goes to the node's servers.
 *
 * PERF: HTTP and a WebSocket for tens of actors would be a third of what a network on one machine costs.
 */
export function createNodeClient(node: RunningNode): Client {
  const { engine, restUrl: url, rpcUrl: rpc } = node
  const { store } = engine
  const client = createClient({ url, rpc })
  const feed = createBlockFeed(async (height) => storedNotice(engine, height))
  feed.reach(store.height())
  const subscription = engine.events.subscribe("tm.event='NewBlockEvents'")
  void handOver(subscription, feed)
  return {
    ...client,
    ...createNodeQueries(node, client),
    height: async () => store.height(),
    seenHeight: () => store.height(),
    async broadcast(tx) {
      const { txhash, code, codespace, rawLog } = await orUnavailable(broadcastTx(engine, tx))
      if (code !== 0) throw refusal(rawLog, { codespace, code })
      return txhash
    },
    async waitForTx(hash, timeoutHeight) {
      try {
        return landed(await engine.waitForTx(hash, timeoutHeight))
      } catch (error) {
        const kind = store.height() >= timeoutHeight ? 'timeout' : 'unavailable'
        throw new StarlingError(kind, messageOf(error), { cause: error })
      }
    },
    blocks: feed.following,
    async close() {
      subscription.cancel()
      feed.end()
      await client.close()
    },
  }
}

/** Passes blocks on as they come, until there are no more. */
async function handOver(subscription: ReturnType<LocalEngine['events']['subscribe']>, feed: BlockFeed): Promise<void> {
  for (;;) {
    const delivery = await subscription.next()
    if (delivery.kind === 'cancelled') return feed.end()
    const { event } = delivery
    if (event.type === 'Tx') continue
    const { header, results } = event.block
    feed.add({ height: header.height, events: results.events.map(toChainEvent) })
  }
}

function storedNotice({ store }: LocalEngine, height: bigint): BlockNotice {
  const summary = store.summary(height)
  if (summary === undefined) throw new StarlingError('unavailable', `The node has no block ${height} any more.`)
  return { height, events: summary.events.map(toChainEvent) }
}

function toChainEvent({ type, attributes }: AbciEvent): ChainEvent {
  return { type, attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value])) }
}

function landed({ hash, height, result }: StoredTx): LandedTx {
  const { code, codespace, log, gasUsed, events } = result
  return { hash, height, code, codespace, log, gasUsed, events: events.map(toChainEvent) }
}

async function orUnavailable<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw new StarlingError('unavailable', messageOf(error), { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
