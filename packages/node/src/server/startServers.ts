import type { FastifyInstance } from 'fastify'
import type { Application } from '../app/application.ts'
import type { LocalEngine } from '../engine/local/localEngine.ts'
import type { Log } from './createLog.ts'
import { createRateLimit } from './createRateLimit.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { listen, type Place } from './listen.ts'
import { createMetricsServer } from './metrics/createMetricsServer.ts'
import { mountRpc } from './mountRpc.ts'
import { createRestServer } from './rest/createRestServer.ts'
import { addNodeRoutes } from './rest/nodeRoutes.ts'
import { createRpcServer } from './rpc/createRpcServer.ts'

/** What the servers answer from, and where. Port 0 takes any free port. */
export type ServerOptions = {
  readonly engine: LocalEngine
  readonly application: Application
  readonly restPort: number
  readonly rpcPort: number
  /** Without one, no metrics are kept. */
  readonly metricsPort?: number
  /** Default 127.0.0.1: nobody else's machine can reach the node. */
  readonly host?: string
  readonly log: Log
  /** Routes of the REST server beside those of the chain. */
  readonly extraRoutes?: (app: FastifyInstance) => void
  /** Origins of web pages that may read answers, beside those of this machine; `*` for all. None of them may send. */
  readonly allowedOrigins?: readonly string[]
  readonly limits?: Partial<Limits>
}

/** Servers that run. `close` answers what is under way, then ends all connections; the engine is left running. */
export type Servers = {
  readonly restUrl: string
  readonly rpcUrl: string
  readonly metricsUrl: string | undefined
  readonly close: () => Promise<void>
}

/** Starts all servers or none. A port that is taken is an error that names it and the flag that changes it. */
export async function startServers(options: ServerOptions): Promise<Servers> {
  const { engine, application, log, host = '127.0.0.1', allowedOrigins = [], extraRoutes } = options
  const limits = { ...defaultLimits, ...options.limits }
  const rate = createRateLimit(limits.requestsPerSecond, () => performance.now())
  const http = { log, allowedOrigins, limits, rate }
  const context = { engine, application }
  const started: FastifyInstance[] = []
  const start = async (app: FastifyInstance, place: Place): Promise<string> => {
    started.push(app)
    return listen(app, place)
  }
  const close = async (): Promise<void> => {
    await Promise.all(started.map((app) => app.close()))
  }
  try {
    const rest = createRestServer({ ...http, context, nodeRoutes: (app) => addNodeRoutes(app, context), extraRoutes })
    const rpc = createRpcServer({ ...http, context })
    mountRpc(rest.server, rpc.app.server)
    const restUrl = await start(rest, { host, port: options.restPort, flag: '--rest-port' })
    const rpcUrl = await start(rpc.app, { host, port: options.rpcPort, flag: '--rpc-port' })
    let metricsUrl: string | undefined
    if (options.metricsPort !== undefined) {
      const metrics = createMetricsServer({ ...http, ...context, subscriptionCount: rpc.subscriptionCount })
      metricsUrl = await start(metrics, { host, port: options.metricsPort, flag: '--metrics-port' })
    }
    log.info({ restUrl, rpcUrl, metricsUrl }, 'the servers are listening')
    return { restUrl, rpcUrl, metricsUrl, close }
  } catch (error) {
    await close()
    throw error
  }
}
