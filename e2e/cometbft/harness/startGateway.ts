import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { at } from '@starling/sdk/http/json'
import { listenOnAnyPort } from '../../harness/listenOnAnyPort.ts'
import type { Scope } from '../../harness/scope.ts'
import type { Validator } from './startValidators.ts'

/**
 * An RPC server that shows the headers of an honest validator, none above `height`, beside the state of another. Returns
 * its address.
 */
export async function startGateway(
  scope: Scope,
  { headers, state, height }: { readonly headers: Validator; readonly state: Validator; readonly height: bigint },
): Promise<string> {
  const server = createServer(async (request, response) => {
    const call: unknown = JSON.parse(await text(request))
    const method = String(at(call, 'method'))
    const from = method === 'abci_query' ? state : headers
    const params = { ...(method === 'commit' ? { height: String(height) } : {}), ...Object(at(call, 'params')) }
    const result = await from.ask(method, params)
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
  })
  return listenOnAnyPort(scope, server)
}
