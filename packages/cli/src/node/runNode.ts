import { join } from 'node:path'
import { parseAbciAddress } from '@starling/node/engine/cometbft/abciAddress'
import { startCometNode } from '@starling/node/engine/cometbft/startCometNode'
import { createLog } from '@starling/node/server/createLog'
import { startNode } from '@starling/node/startNode'
import { createClient } from '@starling/sdk/createClient'
import { CliError } from '../cliError.ts'
import { showPage } from '../explorer/showPage.ts'
import type { Io } from '../io.ts'
import type { LateFeed } from '../up/lateFeed.ts'
import { findExplorer } from './findExplorer.ts'
import { type Genesis, readGenesis } from './readGenesis.ts'

/** Options of `starling node start`. */
export type NodeOptions = {
  readonly io: Io
  /** Folder of this one node: config, blocks and state. */
  readonly home: string
  readonly engine: 'cometbft' | 'local'
  readonly genesis: string | undefined
  /** Where CometBFT finds the application, as its `proxy_app`. */
  readonly abci: string
  /** CometBFT's RPC server. */
  readonly rpc: string
  readonly host: string
  readonly ports: { readonly rest: number; readonly rpc: number; readonly metrics: number }
  readonly blockTimeMs: number
  /** Serves the data of the demo topics. */
  readonly feed?: boolean
  /** Origin of web pages that may read answers; `*` for all. */
  readonly cors?: string | undefined
  /** Opens the explorer in the browser. */
  readonly open?: boolean
  readonly stop: AbortSignal
}

/** Runs a node until it is asked to end. Rejects where the node must not go on. */
export async function runNode(options: NodeOptions): Promise<void> {
  const genesis = readGenesis(options.genesis ?? join(options.home, 'config', 'genesis.json'))
  await (options.engine === 'cometbft' ? runUnderComet(options, genesis) : runAlone(options, genesis))
}

async function runUnderComet(options: NodeOptions, { chainId }: Genesis): Promise<void> {
  const { io, home, abci, rpc, host, ports, cors, stop } = options
  const ending = new AbortController()
  const feed = options.feed === true ? await openFeed() : undefined
  const node = await startCometNode({
    chainId,
    directory: home,
    abci: readAbci(abci),
    cometRpc: rpc,
    host,
    ports,
    log: createLog('warn'),
    onFault: (error) => ending.abort(error),
    allowedOrigins: cors === undefined ? [] : [cors],
    extraRoutes: routesOf(feed),
  })
  try {
    feed?.answerWith(createClient({ url: node.restUrl, rpc }))
    io.stderr.write(`${chainId}: ABCI ${node.abci}, REST ${node.restUrl}\n`)
    showPage(io, node.restUrl, options.open === true)
    await aborted(AbortSignal.any([stop, ending.signal]))
  } finally {
    await node.close()
  }
  refuseHalted(ending.signal)
}

/** The explorer, and the feed where there is one. */
function routesOf(feed: LateFeed | undefined): LateFeed['addRoute'] {
  return (app) => {
    findExplorer()?.(app)
    feed?.addRoute(app)
  }
}

async function runAlone(options: NodeOptions, { chainId, appState }: Genesis): Promise<void> {
  const { io, home, host, ports, blockTimeMs, cors, stop } = options
  const ending = new AbortController()
  const feed = options.feed === true ? await openFeed() : undefined
  const node = await startNode({
    chainId,
    genesis: appState,
    directory: home,
    host,
    ports,
    log: createLog('warn'),
    onHalt: (fault) => ending.abort(fault),
    allowedOrigins: cors === undefined ? [] : [cors],
    extraRoutes: routesOf(feed),
  })
  try {
    // Before the first block there is no state to ask for.
    if (node.engine.status().height === 0n) node.engine.mine()
    feed?.answerWith(createClient({ url: node.restUrl, rpc: node.rpcUrl }))
    node.engine.start({ blockTimeMs })
    io.stderr.write(`${chainId}: RPC ${node.rpcUrl}, REST ${node.restUrl}\n`)
    showPage(io, node.restUrl, options.open === true)
    await aborted(AbortSignal.any([stop, ending.signal]))
  } finally {
    await node.close()
  }
  refuseHalted(ending.signal)
}

/** A node that halted by itself has failed, whatever it was asked. */
function refuseHalted({ aborted: isHalted, reason }: AbortSignal): void {
  if (!isHalted) return
  const fault: unknown = reason
  const what = fault instanceof Error ? fault.message : String(fault)
  throw new CliError(3, `The node is halted, so that it cannot fork the chain: ${what}`, { cause: fault })
}

/** The models' data take time to read, and most nodes serve none. */
async function openFeed(): Promise<LateFeed> {
  const [{ createFeed }, { readSp500 }, { createLateFeed }] = await Promise.all([
    import('@starling/services/feed/createFeed'),
    import('@starling/services/feed/readSp500'),
    import('../up/lateFeed.ts'),
  ])
  return createLateFeed(createFeed(readSp500()))
}

function readAbci(text: string): ReturnType<typeof parseAbciAddress> {
  try {
    return parseAbciAddress(text)
  } catch (error) {
    throw new CliError(2, error instanceof Error ? error.message : String(error))
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
