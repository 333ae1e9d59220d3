import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Log } from './createLog.ts'
import { grpcStatus } from './grpcStatus.ts'
import { isAllowedOrigin } from './isAllowedOrigin.ts'
import type { Limits } from './limits.ts'
import { ServerError } from './serverError.ts'
import { toServerError } from './toServerError.ts'

/** What every HTTP server here is made with. */
export type HttpOptions = {
  readonly log: Log
  readonly limits: Limits
  /** Origins of web pages that may read answers, beside those of this machine. */
  readonly allowedOrigins: readonly string[]
}

/** An HTTP server with limits, CORS and errors as `errorBody` prints them; bodies arrive as text. Routes are added by the caller. */
export function createHttpServer(
  { log, limits, allowedOrigins }: HttpOptions,
  errorBody: (error: ServerError) => unknown,
): FastifyInstance {
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
    http: { maxHeaderSize: 2 * limits.urlLength },
    routerOptions: { maxParamLength: limits.urlLength, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, errorBody),
  })
  app.server.maxConnections = limits.connections
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(answerError)
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.length > limits.urlLength) {
      const sentence = `The URL has ${request.url.length} characters, at most ${limits.urlLength} are allowed; use POST.`
      return done(new ServerError(grpcStatus.INVALID_ARGUMENT, sentence, 414))
    }
    if (request.headers.origin === undefined || !isAllowedOrigin(request.headers.origin, allowedOrigins)) return done()
    allowOrigin(reply, request.headers.origin)
    if (request.method === 'OPTIONS') return void reply.code(204).send()
    return done()
  })
  return app
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
