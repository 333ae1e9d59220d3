import { QueryError } from '../../app/queryError.ts'
import { EngineHalted } from '../../engine/local/engineHalted.ts'
import { MempoolError } from '../../engine/local/mempoolError.ts'
import type { Log } from '../createLog.ts'
import { nameParams } from './params.ts'
import { RpcError } from './rpcError.ts'
import type { RpcId, RpcMethods } from './rpcMethod.ts'

/** A response of JSON-RPC 2.0. */
export type RpcResponse = { readonly jsonrpc: '2.0'; readonly id: RpcId } & (
  | { readonly result: unknown }
  | { readonly error: ReturnType<RpcError['toJson']> }
)

/** Answers one call; undefined for a notification, a call without id. */
export function answerCall(methods: RpcMethods, call: unknown, log: Log): RpcResponse | undefined {
  const id = idOf(call)
  try {
    if (typeof call !== 'object' || call === null || Array.isArray(call)) {
      throw new RpcError(-32600, 'a call must be an object with jsonrpc, id, method and params')
    }
    if (!('method' in call) || typeof call.method !== 'string') {
      throw new RpcError(-32600, 'method must be a text, for example "status"')
    }
    if (id === undefined) return undefined
    const method = methods.get(call.method)
    if (method === undefined) throw unknownMethod(methods, call.method)
    const params = nameParams(method, 'params' in call ? call.params : undefined)
    return { jsonrpc: '2.0', id, result: method.run(params, id) }
  } catch (error) {
    return failure(id ?? null, toRpcError(error, log))
  }
}

/** A response that is an error. */
export function failure(id: RpcId, error: RpcError): RpcResponse {
  return { jsonrpc: '2.0', id, error: error.toJson() }
}

/** Refuses a method that there is not. */
export function unknownMethod(methods: RpcMethods, name: string): RpcError {
  const isSubscription = name.includes('subscribe') && !methods.has('subscribe')
  const advice = isSubscription
    ? 'subscriptions work over the WebSocket at /websocket'
    : `there are ${[...methods.keys()].join(', ')}`
  return new RpcError(-32601, `there is no method "${name.slice(0, 80)}" here; ${advice}`)
}

/** What a caller is told of an error; what is nobody's refusal goes to the log. */
export function toRpcError(error: unknown, log: Log): RpcError {
  if (error instanceof RpcError) return error
  if (error instanceof QueryError) return new RpcError(-32602, error.message)
  if (error instanceof MempoolError || error instanceof EngineHalted) return new RpcError(-32603, error.message)
  log.error({ err: error }, 'a call failed')
  return new RpcError(-32603, 'the node failed to answer; its log says why')
}

function idOf(call: unknown): RpcId | undefined {
  if (typeof call !== 'object' || call === null || !('id' in call)) return undefined
  const { id } = call
  return typeof id === 'string' || typeof id === 'number' ? id : null
}
