import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { EventBus } from '../../engine/local/eventBus.ts'
import type { HttpOptions } from '../createHttpServer.ts'
import { createRateLimit } from '../createRateLimit.ts'
import type { Limits } from '../limits.ts'
import { type OriginKind, originKind } from '../originKind.ts'
import { isBroadcast } from '../refuseBroadcast.ts'
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
      const address = request.socket.remoteAddress ?? ''
      clients.set(client, serveClient(client, methodsFor(request, methods, options), { ...options, address }))
      client.on('close', () => clients.delete(client))
    })
  })
  app.addHook('preClose', async () => {
    await Promise.all(Array.from(clients.keys(), closeClient))
  })
  return { subscriptionCount: () => [...clients.values()].reduce((sum, client) => sum + client.count(), 0) }
}

type Refusal = { readonly status: string; readonly sentence: string }

function refuse(request: IncomingMessage, clients: number, options: SocketOptions): Refusal | undefined {
  const path = (request.url ?? '').split('?')[0]
  if (path !== '/websocket') return { status: '404 Not Found', sentence: 'The WebSocket is at /websocket.' }
  if (kindOf(request, options) === 'foreign') {
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

function kindOf({ headers: { origin, host } }: IncomingMessage, { allowedOrigins }: SocketOptions): OriginKind {
  return origin === undefined ? 'own' : originKind(origin, host, allowedOrigins)
}

/** A page of another origin may read, but not send. */
function methodsFor(request: IncomingMessage, methods: RpcMethods, options: SocketOptions): RpcMethods {
  if (kindOf(request, options) === 'own') return methods
  return new Map([...methods].filter(([name]) => !isBroadcast(name)))
}

function refuseUpgrade(socket: Duplex, { status, sentence }: Refusal): void {
  socket.on('error', () => {})
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8`
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(sentence)}\r\n\r\n${sentence}`)
}

type ClientOptions = SocketOptions & { readonly address: string }

function serveClient(client: WebSocket, methods: RpcMethods, options: ClientOptions): Subscriptions {
  const { log, limits, events, address } = options
  const share = options.rate ?? createRateLimit(limits.requestsPerSecond, () => performance.now())
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
    const response = share.take(address) ? answerText(all, String(data), options) : tooOften(limits)
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

function tooOften({ requestsPerSecond }: Limits): RpcResponse {
  const most = `this node answers ${requestsPerSecond} calls a second of one address; ask again in a second`
  return failure(null, new RpcError(-32000, most))
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
