import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Application } from './app/application.ts'
import { createApplication } from './app/createApplication.ts'
import type { GenesisState } from './app/genesis.ts'
import { storeNames } from './app/storeNames.ts'
import { useNativeSecp256k1 } from './app/useNativeSecp256k1.ts'
import type { EngineHalted } from './engine/local/engineHalted.ts'
import { createLocalEngine, type LocalEngine } from './engine/local/localEngine.ts'
import { openBlockStore } from './engine/local/openBlockStore.ts'
import { openValidatorKey } from './engine/local/openValidatorKey.ts'
import { useNativeSha256 } from './engine/local/useNativeSha256.ts'
import { openState } from './openState.ts'
import type { Log } from './server/createLog.ts'
import { type Servers, startServers } from './server/startServers.ts'
import type { Durability } from './store/durability.ts'
import { openMemoryStore } from './store/openMemoryStore.ts'

/** What a node is started with. */
export type NodeOptions = {
  readonly chainId: string
  readonly genesis: GenesisState
  /** Where blocks and state are kept; without one they are lost at the end. */
  readonly directory?: string | undefined
  /** Default: each block. */
  readonly durability?: Durability
  /** Default 127.0.0.1. */
  readonly host?: string
  readonly ports: { readonly rest: number; readonly rpc: number; readonly metrics?: number | undefined }
  readonly log: Log
  /** How the transactions of a block are ordered; default by arrival. */
  readonly order?: 'arrival' | 'sender'
  readonly extraRoutes?: (app: FastifyInstance) => void
  /** Origins of web pages that may read answers, beside those of this machine; `*` for all. */
  readonly allowedOrigins?: readonly string[]
  /** Told once when the engine halts. */
  readonly onHalt?: (fault: EngineHalted) => void
}

/** A node that runs: its engine, and where its servers listen. */
export type RunningNode = Pick<Servers, 'restUrl' | 'rpcUrl' | 'metricsUrl'> & {
  readonly engine: LocalEngine
  /** Asks the state as `abci_query` does. */
  readonly query: Application['query']
  /** Answers what is under way, then closes servers, blocks and state. */
  close(): Promise<void>
}

/** Opens state and blocks, and starts an embedded engine and the servers on them; blocks are mined by the caller's order. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { chainId, directory, ports, log, order = 'arrival', durability = 'each-block', extraRoutes } = options
  useNativeSecp256k1()
  useNativeSha256()
  const stores = directory === undefined ? openMemoryStore(storeNames) : openState({ directory, chainId }, durability)
  try {
    const application = createApplication({ stores, chainId })
    const engine = createLocalEngine({
      application,
      blockStore: openBlockStore({
        chainId,
        durability,
        ...(directory === undefined ? {} : { directory: join(directory, 'blocks') }),
      }),
      chainId,
      genesis: { appState: options.genesis },
      clock: () => BigInt(Date.now()),
      mempool: { order },
      ...(options.onHalt === undefined ? {} : { onHalt: options.onHalt }),
      ...(directory === undefined ? {} : { signer: openValidatorKey(directory) }),
    })
    const servers = await openServers(engine, () =>
      startServers({
        engine,
        application,
        restPort: ports.rest,
        rpcPort: ports.rpc,
        ...(options.host === undefined ? {} : { host: options.host }),
        ...(ports.metrics === undefined ? {} : { metricsPort: ports.metrics }),
        ...(extraRoutes === undefined ? {} : { extraRoutes }),
        allowedOrigins: options.allowedOrigins ?? [],
        log,
      }),
    )
    const { restUrl, rpcUrl, metricsUrl } = servers
    const close = async (): Promise<void> => {
      engine.stop()
      await servers.close()
      engine.close()
      stores.close()
    }
    return { engine, query: application.query, restUrl, rpcUrl, metricsUrl, close }
  } catch (error) {
    stores.close()
    throw error
  }
}

/** Starts the servers; where one cannot start, the engine is closed again. */
async function openServers(engine: LocalEngine, start: () => Promise<Servers>): Promise<Servers> {
  try {
    return await start()
  } catch (error) {
    engine.close()
    throw error
  }
}
