import { StarlingError } from '../starlingError.ts'
import { type Endpoint, fetchJson } from './fetchJson.ts'
import { at, notANode } from './json.ts'
import { withRetries } from './withRetries.ts'

/** A node's JSON-RPC server over HTTP, for what reads only. */
export interface Rpc {
  readonly url: string
  /** Returns `result`; throws `unavailable` with the server's words where it answers with an error. */
  call(method: string, params?: Readonly<Record<string, string | boolean>>): Promise<unknown>
}

/** The JSON-RPC side of a client. */
export function createRpc(endpoint: Endpoint): Rpc {
  let id = 0
  return {
    url: endpoint.url,
    async call(method, params = {}) {
      id += 1
      const request = { jsonrpc: '2.0', id, method, params }
      return resultOf(method, (await withRetries(() => fetchJson(endpoint, '/', request))).json)
    },
  }
}

/** The result inside a JSON-RPC reply; throws the error inside it. */
export function resultOf(method: string, reply: unknown): unknown {
  const error = at(reply, 'error')
  if (error !== undefined && error !== null) {
    const words = [at(error, 'message'), at(error, 'data')].filter((part) => typeof part === 'string' && part !== '')
    throw new StarlingError(
      'unavailable',
      `The node refuses "${method}": ${words.join(': ') || 'it does not say why'}.`,
    )
  }
  const result = at(reply, 'result')
  if (result === undefined) throw notANode('no JSON-RPC result')
  return result
}
