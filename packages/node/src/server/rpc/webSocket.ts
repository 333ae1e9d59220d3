import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import type { EventBus } from '../../engine/local/eventBus.ts'
import type { HttpOptions } from '../createHttpServer.ts'
import { createRateLimit } from '../createRateLimit.ts'
import type { Limits } from '../limits.ts'
import { isBroadcast } from '../refuseBroadcast.ts'
import { acceptSockets, socketOrigin } from './acceptSockets.ts'
import { answerCall, failure, type RpcResponse } from './dispatch.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethods } from './rpcMethod.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

/** Multiple of the limit for events that may be unsent before a client is dropped: answers do not wait. */
const MOST_UNREAD = 16

type SocketOptions = HttpOptions & { readonly events: Pick<EventBus, 'subscribe'> }

/** Adds `/websocket` to a server: every method, and subscriptions. Closing the server closes its sockets. */
export function addWebSocket(
  app: FastifyInstance,
  methods: RpcMethods,
  options: SocketOptions,
): { readonly subscriptionCount: () => number } {
  const clients = new Map<WebSocket, Subscriptions>()
  acceptSockets(app, options, (client, request) => {
    const address = request.socket.remoteAddress ?? ''
    clients.set(client, serveClient(client, methodsFor(request, methods, options), { ...options, address }))
    client.on('close', () => clients.delete(client))
  })
  return { subscriptionCount: () => [...clients.values()].reduce((sum, client) => sum + client.count(), 0) }
}

/** A page of another origin may read, but not send. */
function methodsFor(request: IncomingMessage, methods: RpcMethods, options: SocketOptions): RpcMethods {
  if (socketOrigin(request, options) === 'own') return methods
  return new Map([...methods].filter(([name]) => !isBroadcast(name)))
}

type ClientOptions = SocketOptions & { readonly address: string }

function serveClient(client: WebSocket, methods: RpcMethods, options: ClientOptions): Subscriptions {
  const { limits, events, address } = options
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
  client.on('close', subscriptions.end)
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
