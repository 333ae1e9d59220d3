import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

const PREFIX = '/rpc'

/**
 * Serves RPC and its WebSocket also on the REST server under `/rpc`, so that a page which that server has served reads
 * both from its own origin. Each request is handed over whole, with the same limits as on the port of RPC.
 */
export function mountRpc(rest: Server, rpc: Server): void {
  const answer = rest.listeners('request')
  rest.removeAllListeners('request')
  rest.on('request', (request, response) => {
    if (stripPrefix(request)) rpc.emit('request', request, response)
    else for (const listener of answer) listener.call(rest, request, response)
  })
  rest.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (stripPrefix(request)) rpc.emit('upgrade', request, socket, head)
    else {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    }
  })
}

function stripPrefix(request: IncomingMessage): boolean {
  const { url = '' } = request
  const rest = url.slice(PREFIX.length)
  if (!url.startsWith(PREFIX) || !/^([/?]|$)/.test(rest)) return false
  request.url = rest.startsWith('/') ? rest : `/${rest}`
  return true
}
