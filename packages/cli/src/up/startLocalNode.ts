import { createLog } from '@starling/node/server/createLog'
import { type NodeOptions, type RunningNode, startNode } from '@starling/node/startNode'
import type { Client } from '@starling/sdk/types'
import type { Feed } from '@starling/services/feed/createFeed'
import { findExplorer } from '../node/findExplorer.ts'
import type { Cast } from './cast.ts'
import { createNodeClient } from './createNodeClient.ts'
import { createFeedAnswer } from './feedRoutes.ts'
import { createLateFeed } from './lateFeed.ts'
import { localGenesis } from './localGenesis.ts'
import { LOCAL_CHAIN_ID } from './localNetwork.ts'
import { refuseOldState } from './refuseOldState.ts'

/** A node of the local network, and a client of it. */
export type LocalNode = { readonly node: RunningNode; readonly client: Client }

/** What a local node is started with. */
export type LocalNodeOptions = {
  readonly directory: string
  readonly cast: Cast
  readonly feed: Feed
  readonly ports: NodeOptions['ports']
  /** Origin of web pages that may read answers. */
  readonly cors?: string | undefined
  /** A run that a seed repeats need not be on disk with each block. */
  readonly repeatable: boolean
}

/** Starts the node of the local network, which also serves the feed at `GET /local/feed/{topic}?nonce=`. */
export async function startLocalNode({
  directory,
  cast,
  feed,
  ports,
  cors,
  repeatable,
}: LocalNodeOptions): Promise<LocalNode> {
  // The feed asks the node when its epochs began, so its client exists only once the node listens.
  const late = createLateFeed(feed)
  const node = await startNode({
    chainId: LOCAL_CHAIN_ID,
    genesis: localGenesis(cast),
    directory,
    durability: repeatable ? 'at-close' : 'each-block',
    ports,
    allowedOrigins: cors === undefined ? [] : [cors],
    log: createLog('error'),
    // Whoever is first in a block has no advantage, and two runs of one seed make the same blocks.
    order: 'sender',
    extraRoutes: (app) => {
      findExplorer()?.(app)
      late.addRoute(app)
    },
  }).catch(refuseOldState)
  // Before the first block there is no state to ask for.
  if (node.engine.status().height === 0n) node.engine.mine()
  const client = createNodeClient(node)
  late.answerWith(client)
  const answer = createFeedAnswer(feed, client)
  // PERF: the feed of an epoch is 50 KB of JSON; the actors here get it from hand to hand.
  const ownFeed: Client['feed'] = async (topic, nonce) => {
    const { status, body } = await answer(topic, nonce.toString())
    return status === 200 ? body : undefined
  }
  return { node, client: { ...client, feed: ownFeed } }
}
