import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from '../createClient.ts'
import { failureOf } from '../testing/failureOf.ts'
import { closeServer, listen } from '../testing/loopback.ts'
import { createRest, type Rest } from './createRest.ts'
import { createRpc } from './createRpc.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function serverOf(serve: RequestListener): Promise<string> {
  const server = createServer(serve)
  open.push(() => closeServer(server))
  return listen(server)
}

const restOf = (url: string, fetchLike: typeof fetch = fetch, timeoutMs = 5000): Rest =>
  createRest({ url, fetch: fetchLike, timeoutMs, flag: '--node' })
const same = (json: unknown): unknown => json

async function answering(status: number, body: string): Promise<Rest> {
  return restOf(await serverOf((_, response) => response.writeHead(status).end(body)))
}

describe('REST', () => {
  it('asks once for what is asked at the same time, and again later', async () => {
    let asked = 0
    const rest = restOf(await serverOf((_, response) => response.end(String(++asked))))
    expect(await Promise.all(Array.from({ length: 45 }, () => rest.get('/height', same)))).toEqual(Array(45).fill(1))
    expect(await rest.get('/height', same)).toBe(2)
  })

  it('shares a failure too, and forgets it', async () => {
    let asked = 0
    const rest = restOf(await serverOf((_, response) => response.writeHead(++asked === 1 ? 500 : 200).end('1')))
    const both = [rest.get('/x', same), rest.get('/x', same)].map(failureOf)
    expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['unavailable', 'unavailable'])
    expect(await rest.get('/x', same)).toBe(1)
  })

  it('tries a question again when the connection fails, and what is sent never', async () => {
    let attempts = 0
    const url = await serverOf((_, response) => response.end('7'))
    const failing = (times: number): typeof fetch => {
      attempts = 0
      return (...args) => {
        attempts += 1
        return attempts <= times ? Promise.reject(new TypeError('fetch failed')) : fetch(...args)
      }
    }
    expect(await restOf(url, failing(2)).get('/x', same)).toBe(7)
    expect((await failureOf(restOf(url, failing(3)).get('/x', same))).kind).toBe('unreachable')
    expect(attempts).toBe(3)
    expect((await failureOf(restOf(url, failing(1)).post('/x', {}))).kind).toBe('unreachable')
    expect(attempts).toBe(1)
  })

  it('says that nobody answers, and what to do', async () => {
    const url = await serverOf(() => undefined)
    await open.pop()?.()
    const error = await failureOf(restOf(url).get('/x', same))
    expect(error.message).toBe(`No node answers at ${url}. Start one with "npm start", or name another with --node.`)
    const rpc = createRpc({ url, fetch, timeoutMs: 100, flag: '--rpc' })
    expect((await failureOf(rpc.call('status'))).message).toMatch(/--rpc/)
  })

  it('AUD-M15 gives up after the timeout, once', async () => {
    let asked = 0
    const url = await serverOf(() => {
      asked += 1
    })
    const error = await failureOf(restOf(url, fetch, 20).get('/x', same))
    expect(error.kind).toBe('timeout')
    expect(error.message).toMatch(/did not answer within 0.02 s/)
    expect(asked).toBe(1)
  })

  it.each([
    [404, 5, 'not-found'],
    [400, 3, 'bad-input'],
    [400, 9, 'unavailable'],
    [413, 3, 'bad-input'],
    [503, 14, 'unavailable'],
    [500, 13, 'unavailable'],
    [501, 12, 'unavailable'],
  ])('an error body with HTTP %i and gRPC %i is %s, in the words of the node', async (status, code, kind) => {
    const rest = await answering(status, JSON.stringify({ code, message: 'topic 7 does not exist', details: [] }))
    const error = await failureOf(rest.get('/x', same))
    expect(error).toMatchObject({ kind, codespace: 'grpc', code })
    expect(error.message).toContain('topic 7 does not exist')
  })

  it.each([
    [502, '<html>Bad Gateway</html>'],
    [404, '{"error":"no such page"}'],
    [200, '<html>Welcome</html>'],
    [200, '{"cut'],
  ])('what is no node is told apart: HTTP %i with %s', async (status, body) => {
    const error = await failureOf((await answering(status, body)).get('/x', same))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toMatch(/Check the URL/)
  })

  it('passes on the words of an RPC error', async () => {
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32603, message: 'Internal error', data: 'no' },
    })
    const url = await serverOf((_, response) => response.end(body))
    const error = await failureOf(createRpc({ url, fetch, timeoutMs: 5000, flag: '--rpc' }).call('block_results'))
    expect(error).toMatchObject({
      kind: 'unavailable',
      message: 'The node refuses "block_results": Internal error: no.',
    })
  })
})

describe('URLs of a client', () => {
  it('defaults to the local node, and to the RPC server beside a named one', () => {
    expect(createClient()).toMatchObject({ url: 'http://127.0.0.1:1317', rpc: 'http://127.0.0.1:26657' })
    expect(createClient({ url: 'https://node.example/api/' })).toMatchObject({
      url: 'https://node.example/api',
      rpc: 'https://node.example:26657',
    })
  })

  it.each(['localhost:1317', 'ftp://host', '', 'http://', 'http://host/?a=1', 'http://host/#x'])(
    'refuses "%s"',
    (url) => {
      expect(() => createClient({ url })).toThrow(/URL/)
    },
  )

  it('refuses a password without repeating it', () => {
    expect(() => createClient({ url: 'http://me:secret@host:1317' })).toThrow(/^The URL of host:1317 carries/)
  })
})
