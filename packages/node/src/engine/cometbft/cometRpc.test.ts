import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CometRpc, CometRpcError, createCometRpc } from './cometRpc.ts'

describe("a caller of CometBFT's RPC", () => {
  let server: Server
  let asked: unknown[]
  let answer: string
  let rpc: CometRpc
  beforeEach(async () => {
    asked = []
    server = createServer(async (request: IncomingMessage, response) => {
      asked.push(JSON.parse(await text(request)))
      response.end(answer)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    rpc = createCometRpc(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('returns what the method gives', async () => {
    answer = '{"jsonrpc":"2.0","id":1,"result":{"height":"7"}}'
    expect(await rpc('block', { height: '7' })).toEqual({ height: '7' })
    expect(await rpc('status')).toEqual({ height: '7' })
    expect(asked).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'block', params: { height: '7' } },
      { jsonrpc: '2.0', id: 1, method: 'status', params: {} },
    ])
  })

  it('rejects with the words of CometBFT where it refuses', async () => {
    answer = '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error","data":"no block"}}'
    await expect(rpc('block')).rejects.toMatchObject({ message: 'Internal error: no block', unreachable: false })
  })

  it.each(['[]', '"hello"', '{"id":1}', 'null'])('says that %s comes from no CometBFT', async (json) => {
    answer = json
    await expect(rpc('status')).rejects.toMatchObject({
      message: expect.stringMatching(/is no CometBFT.*--rpc/),
      unreachable: true,
    })
  })

  it('says that nobody answers, or not in JSON', async () => {
    answer = '<html>'
    await expect(rpc('status')).rejects.toMatchObject({ message: expect.stringMatching(/does not answer.*--rpc/) })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await expect(rpc('status')).rejects.toThrow(CometRpcError)
    await expect(rpc('status')).rejects.toMatchObject({ unreachable: true })
  })
})
