import type { FastifyInstance, FastifyReply } from 'fastify'
import { createHttpServer, type HttpOptions } from '../createHttpServer.ts'
import { grpcStatus } from '../grpcStatus.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { ServerError } from '../serverError.ts'
import { blockMethods } from './blockMethods.ts'
import { chainMethods } from './chainMethods.ts'
import { answerCall, failure, type RpcResponse, toRpcError, unknownMethod } from './dispatch.ts'
import { checkNames } from './params.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethods } from './rpcMethod.ts'
import { txMethods } from './txMethods.ts'
import { validatorMethods } from './validatorMethods.ts'
import { addWebSocket } from './webSocket.ts'

/** What an RPC server answers from. */
export type RpcOptions = HttpOptions & { readonly context: NodeContext }

/** An RPC server, and how many subscriptions its WebSocket clients have. */
export type RpcServer = { readonly app: FastifyInstance; readonly subscriptionCount: () => number }

/**
 * CometBFT's RPC: JSON-RPC 2.0 over POST, each method also as GET, and `/websocket` for subscriptions. SPEC wire 3.0
 */
export function createRpcServer(options: RpcOptions): RpcServer {
  const { context, log, limits } = options
  const methods: RpcMethods = new Map(
    Object.entries({
      ...chainMethods(context),
      ...blockMethods(context),
      ...validatorMethods(context),
      ...txMethods(context),
    }),
  )
  const app = createHttpServer(options, ({ message }) => failure(null, new RpcError(-32600, message)))
  app.post('/', ({ body }, reply) => {
    const { status, text } = answerBody(methods, typeof body === 'string' ? body : '', options)
    return reply.code(status).type('application/json; charset=utf-8').send(text)
  })
  app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(listMethods(methods)))
  app.get('/:method', (request, reply) => {
    // Without a schema, Fastify types both as unknown; its parsers make records of text.
    const { method } = request.params as { readonly method: string }
    return answerUri(methods, method, request.query as Readonly<Record<string, unknown>>, reply, options)
  })
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?')[0]?.slice(0, 200)
    const sentence = `there is no ${request.method} ${path}; POST calls to /, or GET a method such as /status`
    throw new ServerError(grpcStatus.NOT_FOUND, sentence)
  })
  const { subscriptionCount } = addWebSocket(app, methods, { events: context.engine.events, ...options, log, limits })
  return { app, subscriptionCount }
}

type Answered = { readonly status: number; readonly text: string }

function answerBody(methods: RpcMethods, body: string, { log, limits }: RpcOptions): Answered {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    const error = new RpcError(-32700, body === '' ? 'the body is empty' : 'the body is no JSON')
    return { status: 500, text: JSON.stringify(failure(null, error)) }
  }
  if (!Array.isArray(parsed)) return answered(answerCall(methods, parsed, log))
  if (parsed.length === 0 || parsed.length > limits.batch) {
    return answered(
      failure(null, new RpcError(-32600, `a batch has 1 to ${limits.batch} calls, this one has ${parsed.length}`)),
    )
  }
  const responses = parsed.flatMap((call) => answerCall(methods, call, log) ?? [])
  return answered(responses.length === 0 ? undefined : responses)
}

function answered(response: RpcResponse | readonly RpcResponse[] | undefined): Answered {
  return { status: 200, text: response === undefined ? '' : JSON.stringify(response) }
}

/** HTTP status of an error in the GET form; what is not the caller's fault is 500. */
const statuses: Readonly<Record<number, number>> = { [-32601]: 404, [-32602]: 400 }

function answerUri(
  methods: RpcMethods,
  name: string,
  values: Readonly<Record<string, unknown>>,
  reply: FastifyReply,
  { log }: RpcOptions,
): FastifyReply {
  try {
    const method = methods.get(name)
    if (method === undefined) throw unknownMethod(methods, name)
    const result = method.run(checkNames(method.params, { form: 'uri', values }), -1)
    return reply.send({ jsonrpc: '2.0', id: -1, result })
  } catch (error) {
    const refusal = toRpcError(error, log)
    return reply.code(statuses[refusal.code] ?? 500).send(failure(-1, refusal))
  }
}

function listMethods(methods: RpcMethods): string {
  const lines = [...methods].map(([name, { params }]) => `/${name}${params.length === 0 ? '' : `?${params.join('&')}`}`)
  return `Methods, as GET or as JSON-RPC by POST to /; subscriptions at /websocket:\n\n${lines.join('\n')}\n`
}
