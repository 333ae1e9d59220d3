import type { FastifyInstance } from 'fastify'
import { createHttpServer, type HttpOptions } from '../createHttpServer.ts'
import { grpcStatus } from '../grpcStatus.ts'
import type { ChainContext } from '../nodeQuery.ts'
import { ServerError } from '../serverError.ts'
import { addBroadcastRoute } from './broadcastRoute.ts'
import { addQueryRoutes } from './queryRoutes.ts'
import { refuseOtherMethods } from './refuseOtherMethods.ts'
import { addTxSearchRoute } from './txSearchRoute.ts'

/** What a REST server answers from; `extraRoutes` adds what is no query of the chain. */
export type RestOptions = HttpOptions & {
  readonly context: ChainContext
  /** Adds what is told of node and blocks; engines know different things. */
  readonly nodeRoutes: (app: FastifyInstance) => void
  readonly extraRoutes?: ((app: FastifyInstance) => void) | undefined
}

/** The gRPC gateway: every query of the tables under its path, in proto JSON, errors as `{code, message, details}`. */
export function createRestServer(options: RestOptions): FastifyInstance {
  const app = createHttpServer(options, ({ status, message }) => ({ code: status, message, details: [] }))
  refuseOtherMethods(app, () => {
    addQueryRoutes(app, options.context)
    addTxSearchRoute(app, options.context)
    addBroadcastRoute(app, options.context)
    options.nodeRoutes(app)
    options.extraRoutes?.(app)
  })
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?')[0]?.slice(0, 200)
    throw new ServerError(grpcStatus.UNIMPLEMENTED, `Not Implemented: this node has no ${request.method} ${path}`)
  })
  return app
}
