import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeServer, listen, readBody } from './loopback.ts'

/** A proxy in front of a REST server that loses the first broadcasts. */
export interface DropProxy {
  readonly url: string
  /** Broadcasts that reached the proxy. */
  readonly broadcasts: readonly string[]
  close(): Promise<void>
}

/** What the proxy loses of how many broadcasts: what goes to the node, or what comes back. */
export type DropOptions = { readonly target: string; readonly drop: 'request' | 'reply'; readonly times: number }

/** Starts a proxy on a free port. */
export async function startDropProxy({ target, drop, times }: DropOptions): Promise<DropProxy> {
  const broadcasts: string[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    if (request.method === 'POST') broadcasts.push(body)
    const isDropped = request.method === 'POST' && broadcasts.length <= times
    if (isDropped && drop === 'request') return void request.socket.destroy()
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      ...(request.method === 'POST' ? { body } : {}),
    })
    const text = await answer.text()
    if (isDropped) return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(text)
  }
  const server = createServer((request, response) => void serve(request, response))
  return { url: await listen(server), broadcasts, close: () => closeServer(server) }
}
