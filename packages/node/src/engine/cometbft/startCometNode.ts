import { join } from 'node:path'
import { APP_VERSION } from '@starling/protocol/appVersion'
import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { FastifyInstance } from 'fastify'
import type { Application } from '../../app/application.ts'
import { createApplication } from '../../app/createApplication.ts'
import { useNativeSecp256k1 } from '../../app/useNativeSecp256k1.ts'
import { openState } from '../../openState.ts'
import { PROGRAM } from '../../server/blocks/identity.ts'
import type { Log } from '../../server/createLog.ts'
import { createRateLimit } from '../../server/createRateLimit.ts'
import { defaultLimits } from '../../server/limits.ts'
import { listen } from '../../server/listen.ts'
import { createMetricsServer } from '../../server/metrics/createMetricsServer.ts'
import { mountRpc } from '../../server/mountRpc.ts'
import { createRestServer } from '../../server/rest/createRestServer.ts'
import type { MultiStore } from '../../store/multiStore.ts'
import type { BlockStore } from '../local/blockStore.ts'
import { toUpperHex } from '../local/bytes.ts'
import { openBlockStore } from '../local/openBlockStore.ts'
import { useNativeSha256 } from '../local/useNativeSha256.ts'
import { type AbciAddress, formatAbciAddress } from './abciAddress.ts'
import { createAbciHandler } from './abciHandler.ts'
import { startAbciServer } from './abciServer.ts'
import { type CometChain, createCometChain } from './cometChain.ts'
import { addCometRoutes } from './cometRoutes.ts'
import { type CometRpc, createCometRpc } from './cometRpc.ts'
import { createRpcProxy } from './createRpcProxy.ts'

/** What a node under CometBFT is started with. */
export type CometNodeOptions = {
  readonly chainId: string
  /** Where blocks and state are kept. */
  readonly directory: string
  /** Where CometBFT finds the application. */
  readonly abci: AbciAddress
  /** CometBFT's RPC server, to which transactions go. */
  readonly cometRpc: string
  /** Default 127.0.0.1. */
  readonly host?: string
  readonly ports: { readonly rest: number; readonly metrics?: number | undefined }
  readonly log: Log
  /** Called once when the node can go on no more: the process should end. */
  readonly onFault: (error: unknown) => void
  readonly extraRoutes?: (app: FastifyInstance) => void
  /** Origins of web pages that may read answers, beside those of this machine; `*` for all. */
  readonly allowedOrigins?: readonly string[]
  /** Puts something around the application, or changes its state, as tests of a node that lies do. */
  readonly wrap?: (application: Application, stores: MultiStore) => Application
}

/** A node that CometBFT drives. */
export type CometNode = {
  readonly chain: CometChain
  /** As CometBFT's `proxy_app` takes it. */
  readonly abci: string
  readonly restUrl: string
  readonly metricsUrl: string | undefined
  close(): Promise<void>
}

type Undo = () => unknown

/** Opens state and blocks, and serves ABCI, REST and metrics on them. Starts all or nothing. */
export async function startCometNode(options: CometNodeOptions): Promise<CometNode> {
  const undos: Undo[] = []
  const close = async (): Promise<void> => {
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) await undo()
  }
  try {
    return { ...(await openNode(options, undos)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openNode(options: CometNodeOptions, undos: Undo[]): Promise<Omit<CometNode, 'close'>> {
  const { chainId, directory, log, wrap = (one) => one } = options
  useNativeSecp256k1()
  useNativeSha256()
  const stores = openState({ directory, chainId })
  undos.push(() => stores.close())
  const application = wrap(createApplication({ stores, chainId }), stores)
  const rpc = createCometRpc(options.cometRpc)
  const chain = openChain({ chainId, directory, application, rpc })
  undos.push(() => chain.close())
  const server = await startAbciServer({
    address: options.abci,
    handle: createAbciHandler({ application, ...PROGRAM, appVersion: APP_VERSION, onCommit: chain.keep }),
    onFault(error) {
      chain.halt(error)
      options.onFault(error)
    },
    onBadClient: (error) => log.warn({ err: error }, 'a connection to the ABCI socket sent what is no ABCI'),
  })
  undos.push(() => server.close())
  const abci = formatAbciAddress(server.address)
  const urls = await startServers(options, { chain, application, rpc }, undos)
  log.info({ abci, ...urls, height: String(chain.status().height) }, 'the node waits for CometBFT')
  return { chain, abci, ...urls }
}

function openChain({
  chainId,
  directory,
  application,
  rpc,
}: Pick<CometNodeOptions, 'chainId' | 'directory'> & {
  readonly application: Application
  readonly rpc: CometRpc
}): CometChain {
  const store = openBlockStore({ chainId, directory: join(directory, 'blocks') })
  const info = application.info()
  try {
    refuseOtherBlocks(store, info, directory)
  } catch (error) {
    store.close()
    throw error
  }
  return createCometChain(store, rpc, info)
}

/** The state must be one that the stored blocks give; they may be ahead of it. */
function refuseOtherBlocks(
  store: BlockStore,
  { height, appHash }: ReturnType<Application['info']>,
  directory: string,
): void {
  const advice = `Restore the folder "blocks" that belongs to this state, or remove both "blocks" and "state" in ${directory}: CometBFT plays all blocks again.`
  const newest = store.height()
  if (height > newest) {
    throw new Error(`The application is at height ${height}, but the newest stored block is ${newest}. ${advice}`)
  }
  const known = store.summary(height)?.appHash
  if (known === undefined || equalBytes(known, appHash)) return
  throw new Error(
    `The application's hash at height ${height} is ${toUpperHex(appHash)}, but the stored block gave ${toUpperHex(known)}. ${advice}`,
  )
}

type Parts = { readonly chain: CometChain; readonly application: Application; readonly rpc: CometRpc }

async function startServers(
  { log, host = '127.0.0.1', ports, extraRoutes, allowedOrigins = [], cometRpc }: CometNodeOptions,
  { chain, application, rpc }: Parts,
  undos: Undo[],
): Promise<Pick<CometNode, 'restUrl' | 'metricsUrl'>> {
  const rate = createRateLimit(defaultLimits.requestsPerSecond, () => performance.now())
  const http = { log, allowedOrigins, limits: defaultLimits, rate }
  const context = { engine: chain, application }
  const nodeRoutes = (app: FastifyInstance): void => addCometRoutes(app, context, rpc)
  const rest = createRestServer({ ...http, context, nodeRoutes, extraRoutes })
  undos.push(() => rest.close())
  // A page that REST serves finds blocks and proofs where it finds them at a node of the embedded engine.
  const proxy = createRpcProxy({ ...http, cometRpc })
  undos.push(() => proxy.close())
  await proxy.ready()
  mountRpc(rest.server, proxy.server)
  const restUrl = await listen(rest, { host, port: ports.rest, flag: '--rest-port' })
  if (ports.metrics === undefined) return { restUrl, metricsUrl: undefined }
  const metrics = createMetricsServer({ ...http, ...context, subscriptionCount: () => 0 })
  undos.push(() => metrics.close())
  return { restUrl, metricsUrl: await listen(metrics, { host, port: ports.metrics, flag: '--metrics-port' }) }
}
