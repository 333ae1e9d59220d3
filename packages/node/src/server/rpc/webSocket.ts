import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { EventBus } from '../../engine/local/eventBus.ts'
import type { HttpOptions } from '../createHttpServer.ts'
import { isAllowedOrigin } from '../isAllowedOrigin.ts'
import { answerCall, failure, type RpcResponse } from './dispatch.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethods } from './rpcMethod.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

const GOODBYE_MS = 1000
/** Multiple of the limit for events that may be unsent before a client is dropped: answers do not wait. */
const MOST_UNREAD = 16

type SocketOptions = HttpOptions & { readonly events: Pick<EventBus, 'subscribe'> }

/** Adds `/websocket` to a server: every method, and subscriptions. Closing the server closes its sockets. */
export function addWebSocket(
  app: FastifyInstance,
  methods: RpcMethods,
  options: SocketOptions,
): { readonly subscriptionCount: () => number } {
  const { limits } = options
  const clients = new Map<WebSocket, Subscriptions>()
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.bodyBytes, perMessageDeflate: false })
  app.server.on('upgrade', (request, socket, head) => {
    const refusal = refuse(request, clients.size, options)
    if (refusal !== undefined) return refuseUpgrade(socket, refusal)
    server.handleUpgrade(request, socket, head, (client) => {
      clients.set(client, serveClient(client, methods, options))
      client.on('close', () => clients.delete(client))
    })
  })
  app.addHook('preClose', async () => {
    await Promise.all(Array.from(clients.keys(), closeClient))
  })
  return { subscriptionCount: () => [...clients.values()].reduce((sum, client) => sum + client.count(), 0) }
}

function refuse(request: IncomingMessage, clients: number, options: SocketOptions): string | undefined {
  const path = (request.url ?? '').split('?')[0]
  if (path !== '/websocket') return '404 Not Found'
  const { origin } = request.headers
  if (origin !== undefined && !isAllowedOrigin(origin, options.allowedOrigins)) return '403 Forbidden'
  return clients < options.limits.sockets ? undefined : '503 Service Unavailable'
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function serveClient(client: WebSocket, methods: RpcMethods, options: SocketOptions): Subscriptions {
  const { log, limits, events } = options
  const outlet = {
    pending: () => client.bufferedAmount,
    send: (frame: string, taken: () => void) => client.send(frame, taken),
  }
  const subscriptions = createSubscriptions(outlet, events, limits)
  const all: RpcMethods = new Map([...methods, ...Object.entries(subscriptions.methods)])
  client.on('message', (data) => {
    if (client.bufferedAmount > MOST_UNREAD * limits.socketBytes) {
      client.close(1008, 'The client asks, but does not read the answers.')
      return
    }
    const response = answerText(all, String(data), options)
    if (response !== undefined) client.send(JSON.stringify(response))
  })
  const stopPings = keepAlive(client, limits.pingMs)
  client.on('error', (error) => log.debug({ err: error }, 'a WebSocket client failed'))
  client.on('close', () => {
    stopPings()
    subscriptions.end()
  })
  return subscriptions
}

function answerText(methods: RpcMethods, text: string, { log }: SocketOptions): RpcResponse | undefined {
  let call: unknown
  try {
    call = JSON.parse(text)
  } catch {
    return failure(null, new RpcError(-32700, 'the message is no JSON'))
  }
  return answerCall(methods, call, log)
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
