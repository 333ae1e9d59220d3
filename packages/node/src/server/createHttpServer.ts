import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Log } from './createLog.ts'
import { createRateLimit, type RateLimit } from './createRateLimit.ts'
import { grpcStatus } from './grpcStatus.ts'
import type { Limits } from './limits.ts'
import { originKind } from './originKind.ts'
import { refuseBroadcast } from './refuseBroadcast.ts'
import { ServerError } from './serverError.ts'
import { toServerError } from './toServerError.ts'

/** What every HTTP server here is made with. */
export type HttpOptions = {
  readonly log: Log
  readonly limits: Limits
  /** Origins of web pages that may read answers, beside those of this machine; `*` for all. */
  readonly allowedOrigins: readonly string[]
  /** How often each address may ask; servers that are given the same one share it. */
  readonly rate?: RateLimit
}

/** An HTTP server with limits, CORS and errors as `errorBody` prints them; bodies arrive as text. Routes are added by the caller. */
export function createHttpServer(options: HttpOptions, errorBody: (error: ServerError) => unknown): FastifyInstance {
  const { log, limits } = options
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = toServerError(error)
    if (known === undefined) log.error({ err: error, method: request.method, url: request.url }, 'a request failed')
    const told = known ?? new ServerError(grpcStatus.INTERNAL, 'The node failed to answer; its log says why.')
    return reply.code(told.httpStatus).send(errorBody(told))
  }
  const app = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: true,
    http: { maxHeaderSize: 2 * limits.urlLength, headersTimeout: limits.headersMs, connectionsCheckingInterval: 500 },
    routerOptions: { maxParamLength: limits.urlLength, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, errorBody),
  })
  app.server.maxConnections = limits.connections
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(answerError)
  addGuards(app, options)
  return app
}

/** What every request passes first: its share, its length, and what its origin may do. */
function addGuards(app: FastifyInstance, { limits, allowedOrigins, rate }: HttpOptions): void {
  const share = rate ?? createRateLimit(limits.requestsPerSecond, () => performance.now())
  app.addHook('onRequest', (request, reply, done) => {
    if (!share.take(request.ip)) return done(tooOften(reply, limits))
    if (request.url.length > limits.urlLength) {
      const sentence = `The URL has ${request.url.length} characters, at most ${limits.urlLength} are allowed; use POST.`
      return done(new ServerError(grpcStatus.INVALID_ARGUMENT, sentence, 414))
    }
    const { origin, host } = request.headers
    if (origin === undefined || originKind(origin, host, allowedOrigins) === 'foreign') return done()
    allowOrigin(reply, origin)
    if (request.method === 'OPTIONS') return void reply.code(204).send()
    return done()
  })
  app.addHook('preHandler', ({ headers, method, url, body }, _reply, done) => {
    const { origin, host } = headers
    if (origin !== undefined && originKind(origin, host, allowedOrigins) !== 'own') refuseBroadcast(method, url, body)
    done()
  })
}

function tooOften(reply: FastifyReply, { requestsPerSecond }: Limits): ServerError {
  reply.header('retry-after', '1')
  const sentence = `This node answers ${requestsPerSecond} requests a second of one address; ask again in a second, or subscribe.`
  return new ServerError(grpcStatus.RESOURCE_EXHAUSTED, sentence)
}

function allowOrigin(reply: FastifyReply, origin: string): void {
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type, x-cosmos-block-height',
    'access-control-expose-headers': 'grpc-metadata-x-cosmos-block-height',
    'access-control-max-age': '86400',
    vary: 'origin',
  })
}

/** Answers what Node refuses before there is a request. */
function refuseConnection(
  error: Error & { code?: string },
  socket: Socket,
  errorBody: (error: ServerError) => unknown,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const unreadable = new ServerError(grpcStatus.INVALID_ARGUMENT, 'The request is no HTTP that this server can read.')
  const told = toServerError(error) ?? unreadable
  const body = JSON.stringify(errorBody(told))
  const head = [
    `HTTP/1.1 ${told.httpStatus} ${STATUS_CODES[told.httpStatus] ?? 'Refused'}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/json; charset=utf-8',
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}
