import type { FastifyInstance } from 'fastify'
import { type RawData, WebSocket } from 'ws'
import { createHttpServer, type HttpOptions } from '../../server/createHttpServer.ts'
import { createRateLimit } from '../../server/createRateLimit.ts'
import { grpcStatus } from '../../server/grpcStatus.ts'
import { acceptSockets } from '../../server/rpc/acceptSockets.ts'
import { failure, type RpcResponse } from '../../server/rpc/dispatch.ts'
import { RpcError } from '../../server/rpc/rpcError.ts'
import { ServerError } from '../../server/serverError.ts'
import { isRecord } from './cometRpc.ts'

/** Where CometBFT's RPC server answers, like `http://127.0.0.1:26657`. */
export type ProxyOptions = HttpOptions & { readonly cometRpc: string }

/** What reads, over HTTP and WebSocket: transactions go over REST, and nobody but the operator may do more. */
const reads: ReadonlySet<unknown> = new Set([
  ...['health', 'status', 'abci_info', 'abci_query', 'net_info', 'consensus_params', 'genesis', 'validators'],
  ...['block', 'block_by_hash', 'block_results', 'blockchain', 'commit', 'header', 'header_by_hash'],
  ...['tx', 'tx_search', 'block_search', 'subscribe', 'unsubscribe', 'unsubscribe_all'],
])

/** Multiple of the limit for events that may be unsent before a client is dropped. */
const MOST_UNREAD = 16
/** Messages of a client that may wait until CometBFT has accepted its connection. */
const MOST_EARLY = 16

/**
 * The reading part of CometBFT's RPC, with its WebSocket, for pages that may not or cannot reach CometBFT itself. It is
 * mounted under `/rpc` of the REST server, with the limits of that.
 */
export function createRpcProxy(options: ProxyOptions): FastifyInstance {
  const { cometRpc, limits } = options
  const app = createHttpServer(options, ({ message }) => failure(null, new RpcError(-32600, message)))
  const forward = async (path: string, body?: string): Promise<Answered> => {
    const headers = { 'content-type': 'application/json' }
    try {
      const response = await fetch(`${cometRpc}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', headers, body }),
        signal: AbortSignal.timeout(limits.requestMs),
      })
      return { status: response.status, text: await response.text() }
    } catch {
      throw new ServerError(grpcStatus.UNAVAILABLE, `CometBFT does not answer at ${cometRpc}; ask again later.`)
    }
  }
  app.post('/', async ({ body }, reply) => {
    const text = typeof body === 'string' ? body : ''
    const refusal = refusalOf(text, options)
    if (refusal !== undefined) return reply.send(refusal)
    const answer = await forward('/', text)
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.text)
  })
  app.get('/:method', async (request, reply) => {
    // Without a schema, Fastify types it as unknown; its parser makes a record of text.
    const { method } = request.params as { readonly method: string }
    if (!reads.has(method)) throw new ServerError(grpcStatus.NOT_FOUND, notOffered(method))
    const answer = await forward(request.url)
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.text)
  })
  acceptSockets(app, options, (client, request) => relay(client, request.socket.remoteAddress ?? '', options))
  return app
}

type Answered = { readonly status: number; readonly text: string }

/** Passes calls on and answers back, until either side ends. */
function relay(client: WebSocket, address: string, { cometRpc, limits, rate }: ProxyOptions): void {
  const share = rate ?? createRateLimit(limits.requestsPerSecond, () => performance.now())
  const upstream = new WebSocket(`${cometRpc.replace(/^http/, 'ws')}/websocket`, { perMessageDeflate: false })
  const early: string[] = []
  client.on('message', (data) => {
    const text = String(data)
    const refusal = share.take(address) ? refusalOf(text, { limits }) : failure(null, new RpcError(-32000, TOO_OFTEN))
    if (refusal !== undefined) client.send(JSON.stringify(refusal))
    else if (upstream.readyState === WebSocket.OPEN) upstream.send(text)
    else if (early.length < MOST_EARLY) early.push(text)
    else client.close(1013, 'CometBFT does not answer yet.')
  })
  upstream.on('open', () => {
    for (const text of early.splice(0)) upstream.send(text)
  })
  upstream.on('message', (data: RawData) => {
    if (client.bufferedAmount > MOST_UNREAD * limits.socketBytes) client.close(1008, 'The client does not read.')
    else client.send(String(data))
  })
  upstream.on('error', () => client.close(1013, 'CometBFT does not answer.'))
  upstream.on('close', () => client.close(1001, 'CometBFT has ended the connection.'))
  client.on('close', () => upstream.terminate())
}

const TOO_OFTEN = 'this node answers no more calls of this address now; ask again in a second'

/** The answer to what is not passed on: what is no call, too many at once, or one of another method. */
function refusalOf(text: string, { limits }: Pick<HttpOptions, 'limits'>): RpcResponse | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return failure(null, new RpcError(-32700, 'the message is no JSON'))
  }
  const calls = [parsed].flat()
  if (calls.length > limits.batch) {
    const most = `a batch has at most ${limits.batch} calls, this one has ${calls.length}`
    return failure(null, new RpcError(-32600, most))
  }
  for (const call of calls) {
    const { id, method } = isRecord(call) ? call : {}
    if (reads.has(method)) continue
    const own = typeof id === 'string' || typeof id === 'number' ? id : null
    return failure(own, new RpcError(-32601, notOffered(String(method))))
  }
  return undefined
}

function notOffered(method: string): string {
  return `"${method.slice(0, 80)}" is not offered here: only methods that read are. Send transactions over REST.`
}
