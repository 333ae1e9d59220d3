import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createHttpServer } from '../../server/createHttpServer.ts'
import { createLog } from '../../server/createLog.ts'
import { defaultLimits } from '../../server/limits.ts'
import { mountRpc } from '../../server/mountRpc.ts'
import { startTestNode, type TestNode } from '../../server/testing/startTestNode.ts'
import { createRpcProxy } from './createRpcProxy.ts'

const http = { log: createLog('silent'), limits: defaultLimits, allowedOrigins: ['https://listed.example'] }

/** A REST server with the proxy of an RPC server under `/rpc`. */
async function serve(cometRpc: string): Promise<readonly [url: string, close: () => Promise<void>]> {
  const rest: FastifyInstance = createHttpServer(http, ({ message }) => ({ message }))
  const proxy = createRpcProxy({ ...http, cometRpc })
  await proxy.ready()
  mountRpc(rest.server, proxy.server)
  const url = await rest.listen({ host: '127.0.0.1', port: 0 })
  return [
    url,
    async () => {
      await rest.close()
      await proxy.close()
    },
  ]
}

describe('the RPC of CometBFT under REST', () => {
  let node: TestNode
  let url: string
  let close: () => Promise<void>
  beforeAll(async () => {
    // The embedded engine speaks CometBFT's RPC.
    node = await startTestNode([])
    node.engine.mine()
    ;[url, close] = await serve(node.rpcUrl)
  })
  afterAll(async () => {
    await close()
    await node.close()
  })
  const call = async (method: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${url}/rpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: {} }),
    })

  it('answers what reads, by POST and by GET', async () => {
    const posted = await (await call('status')).json()
    expect(posted).toMatchObject({ id: 7, result: { sync_info: { latest_block_height: '1' } } })
    const got = await (await fetch(`${url}/rpc/block?height=1`)).json()
    expect(got).toMatchObject({ result: { block: { header: { height: '1' } } } })
  })

  it.each(['broadcast_tx_sync', 'unsafe_flush_mempool', 'dial_peers', ''])('does not pass on %s', async (method) => {
    const refusal = { code: -32601, message: 'Method not found', data: expect.stringMatching(/methods that read/) }
    expect(await (await call(method)).json()).toEqual({ jsonrpc: '2.0', id: 7, error: refusal })
    expect((await fetch(`${url}/rpc/${method}?tx=0x00`)).status).toBe(404)
  })

  it('passes on no batch that hides another method, nor one that is too long', async () => {
    const send = async (body: unknown): Promise<unknown> =>
      (await fetch(`${url}/rpc/`, { method: 'POST', body: JSON.stringify(body) })).json()
    expect(
      await send([
        { id: 1, method: 'status' },
        { id: 2, method: 'broadcast_tx_async' },
      ]),
    ).toMatchObject({
      id: 2,
      error: { code: -32601 },
    })
    expect(await send(Array(101).fill({ id: 1, method: 'health' }))).toMatchObject({ error: { code: -32600 } })
    expect(await send('no call')).toMatchObject({ error: { code: -32601 } })
  })

  it.each([
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
    ['https://listed.example', 'https://listed.example'],
    ['https://other.example', null],
  ])('lets pages of %s read as REST does', async (origin, allowed) => {
    expect((await call('status', { origin })).headers.get('access-control-allow-origin')).toBe(allowed)
  })

  it('passes subscriptions on, and refuses other calls with their own id', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/rpc/websocket`)
    const messages: unknown[] = []
    socket.on('message', (data) => messages.push(JSON.parse(String(data))))
    await once(socket, 'open')
    socket.send(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscribe', params: { query: "tm.event='NewBlock'" } }),
    )
    await once(socket, 'message')
    node.engine.mine()
    await once(socket, 'message')
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'broadcast_tx_sync', params: { tx: '' } }))
    await once(socket, 'message')
    const height = String(node.engine.status().height)
    expect(messages).toMatchObject([
      { id: 1, result: {} },
      { id: 1, result: { data: { value: { block: { header: { height } } } } } },
      { id: 2, error: { code: -32601 } },
    ])
    socket.close()
    await once(socket, 'close')
  })

  it('accepts no WebSocket of a foreign page', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/rpc/websocket`, { origin: 'https://other.example' })
    const [error] = await once(socket, 'error')
    expect(String(error)).toMatch(/403/)
  })

  it('says so where CometBFT is away, by HTTP and by WebSocket', async () => {
    // Nobody listens at the discard port.
    const [lone, end] = await serve('http://127.0.0.1:9')
    try {
      const response = await fetch(`${lone}/rpc/status`)
      expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('does not answer')])
      const socket = new WebSocket(`${lone.replace('http', 'ws')}/rpc/websocket`)
      const [code] = await once(socket, 'close')
      expect(code).toBe(1013)
    } finally {
      await end()
    }
  })
})
