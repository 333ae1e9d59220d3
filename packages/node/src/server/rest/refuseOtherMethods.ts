import type { FastifyInstance, HTTPMethods } from 'fastify'
import { grpcStatus } from '../grpcStatus.ts'
import { ServerError } from '../serverError.ts'

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Runs `addRoutes`, then makes each of their paths answer 405 to the methods that it does not have. */
export function refuseOtherMethods(app: FastifyInstance, addRoutes: () => void): void {
  const known = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const has = known.get(url) ?? new Set()
    known.set(url, has)
    for (const one of [method].flat()) has.add(one)
  })
  addRoutes()
  for (const [url, has] of [...known]) {
    const allow = [...has].join(', ')
    const others = methods.filter((method) => !has.has(method))
    app.route({
      method: others,
      url,
      onRequest: (request, reply, done) => {
        reply.header('allow', allow)
        done(new ServerError(grpcStatus.UNIMPLEMENTED, `${request.method} is not allowed here; use ${allow}.`, 405))
      },
      handler: () => undefined,
    })
  }
}
