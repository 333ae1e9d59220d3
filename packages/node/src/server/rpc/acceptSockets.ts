import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { HttpOptions } from '../createHttpServer.ts'
import { type OriginKind, originKind } from '../originKind.ts'

const GOODBYE_MS = 1000

/**
 * Accepts WebSockets at `/websocket` of a server, as many as the limits allow and from pages that may read here; `serve`
 * gets each of them. Clients that answer no ping are dropped; closing the server closes all.
 */
export function acceptSockets(
  app: FastifyInstance,
  options: HttpOptions,
  serve: (client: WebSocket, request: IncomingMessage) => void,
): void {
  const { limits, log } = options
  const clients = new Set<WebSocket>()
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.bodyBytes, perMessageDeflate: false })
  app.server.on('upgrade', (request, socket, head) => {
    const refusal = refuse(request, clients.size, options)
    if (refusal !== undefined) return refuseUpgrade(socket, refusal)
    server.handleUpgrade(request, socket, head, (client) => {
      clients.add(client)
      const stopPings = keepAlive(client, limits.pingMs)
      client.on('error', (error) => log.debug({ err: error }, 'a WebSocket client failed'))
      client.on('close', () => {
        stopPings()
        clients.delete(client)
      })
      serve(client, request)
    })
  })
  app.addHook('preClose', async () => {
    await Promise.all(Array.from(clients, closeClient))
  })
}

/** Whose page a WebSocket comes from; a program that is no page counts as own. */
export function socketOrigin(
  { headers: { origin, host } }: IncomingMessage,
  { allowedOrigins }: Pick<HttpOptions, 'allowedOrigins'>,
): OriginKind {
  return origin === undefined ? 'own' : originKind(origin, host, allowedOrigins)
}

type Refusal = { readonly status: string; readonly sentence: string }

function refuse(request: IncomingMessage, clients: number, options: HttpOptions): Refusal | undefined {
  const path = (request.url ?? '').split('?')[0]
  if (path !== '/websocket') return { status: '404 Not Found', sentence: 'The WebSocket is at /websocket.' }
  if (socketOrigin(request, options) === 'foreign') {
    return {
      status: '403 Forbidden',
      sentence: 'Pages of this origin may not read here; the operator can allow it with --cors.',
    }
  }
  const { sockets } = options.limits
  if (clients < sockets) return undefined
  const sentence = `This node has its ${sockets} WebSocket clients; connect again later, or ask by HTTP.`
  return { status: '503 Service Unavailable', sentence }
}

function refuseUpgrade(socket: Duplex, { status, sentence }: Refusal): void {
  socket.on('error', () => {})
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8`
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(sentence)}\r\n\r\n${sentence}`)
}

/** Pings a client, and drops it when it has answered nothing since the ping before. */
function keepAlive(client: WebSocket, pingMs: number): () => void {
  let alive = true
  client.on('pong', () => {
    alive = true
  })
  const timer = setInterval(() => {
    if (!alive) return client.terminate()
    alive = false
    client.ping()
  }, pingMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Says goodbye; a client that does not answer must not hold up the node. */
function closeClient(client: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => client.terminate(), GOODBYE_MS)
    client.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    client.close(1001, 'The node is shutting down.')
  })
}
