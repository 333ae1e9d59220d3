import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { testActor } from '../app/testing/testChain.ts'
import { createRateLimit } from './createRateLimit.ts'
import type { Limits } from './limits.ts'
import { startTestNode, type TestNode } from './testing/startTestNode.ts'

const alice = testActor('alice')
const PAGE = 'https://example.com'
let node: TestNode
afterEach(() => node.close())

async function start(limits: Partial<Limits> = {}, allowedOrigins: readonly string[] = []): Promise<void> {
  node = await startTestNode([alice], { limits, allowedOrigins })
  node.engine.mine()
}

const ask = async (
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; body: string }> => {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, body: await response.text() }
}
const call = (method: string, params: object = {}): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body, headers })

/** What a server answers to raw bytes until it closes the connection. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

describe('API-03 each limit, at it and beyond it', () => {
  test('a body', async () => {
    await start({ bodyBytes: 2000 })
    const body = (size: number): string => call('status').padEnd(size, ' ')
    expect((await ask(node.rpcUrl, post(body(2000)))).status).toBe(200)
    const refused = await ask(node.rpcUrl, post(body(2001)))
    expect([refused.status, refused.body]).toEqual([413, expect.stringContaining('The body is too large; send less')])
  })

  test('a URL', async () => {
    await start({ urlLength: 1000 })
    const url = (size: number): string => `${node.restUrl}/starling/v1/fees?`.padEnd(node.restUrl.length + size, '&')
    expect((await ask(url(1000))).status).toBe(200)
    expect(await ask(url(1001))).toMatchObject({ status: 414, body: expect.stringContaining('at most 1000') })
  })

  test('a page, and a page of transactions', async () => {
    await start()
    const page = (limit: number): string => `${node.restUrl}/cosmos/bank/v1beta1/supply?pagination.limit=${limit}`
    expect((await ask(page(1000))).status).toBe(200)
    expect(await ask(page(1001))).toMatchObject({
      status: 400,
      body: expect.stringContaining('at most 1000, got 1001'),
    })
    const txs = (limit: number): string => `${node.restUrl}/cosmos/tx/v1beta1/txs?query=tx.height=1&limit=${limit}`
    expect((await ask(txs(100))).status).toBe(200)
    expect(await ask(txs(101))).toMatchObject({ status: 400, body: expect.stringContaining('limit must be') })
  })

  test('headers and bodies that arrive too slowly are answered with 408, and the connection is closed', async () => {
    await start({ headersMs: 50, requestMs: 100 })
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n'
    for (const url of [node.rpcUrl, node.restUrl]) {
      expect(await raw(url, head)).toMatch(/^HTTP\/1.1 408 [\s\S]*The request took too long to arrive/)
      expect(await raw(url, `${head}\r\n{`)).toMatch(/^HTTP\/1.1 408 /)
    }
  })

  test('WebSocket clients: the one beyond is refused with a sentence, the others stay', async () => {
    await start({ sockets: 20 })
    const url = `${node.rpcUrl.replace('http', 'ws')}/websocket`
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = new WebSocket(url)
        await once(client, 'open')
        return client
      }),
    )
    const refused = new WebSocket(url)
    const [, response] = await once(
      refused.on('error', () => {}),
      'unexpected-response',
    )
    expect([response.statusCode, await text(response)]).toEqual([
      503,
      expect.stringContaining('its 20 WebSocket clients'),
    ])
    for (const client of clients) client.send(call('subscribe', { query: "tm.event='NewBlock'" }))
    await Promise.all(clients.map((client) => once(client, 'message')))
    node.engine.mine()
    for (const [data] of await Promise.all(clients.map((client) => once(client, 'message'))))
      expect(String(data)).toContain('"height":"2"')
    for (const client of clients) client.terminate()
  })

  test('five subscriptions of one client, as CometBFT gives, and filters that are nonsense', async () => {
    await start()
    const client = new WebSocket(`${node.rpcUrl.replace('http', 'ws')}/websocket`)
    await once(client, 'open')
    const subscribe = async (query: string): Promise<string> => {
      client.send(call('subscribe', { query }))
      const [data] = await once(client, 'message')
      return String(data)
    }
    const nonsense = [
      'tm.event',
      "tm.event=='x'",
      "a.b='c' OR d.e='f'",
      ' AND ',
      "'",
      'x'.repeat(513),
      '(((',
      "a.b>'c'",
    ]
    for (const query of nonsense) {
      expect(await subscribe(query)).toMatch(/"error":\{"code":-32602,.*"data":"[^"]{15}/)
    }
    for (let i = 0; i < 5; i++) expect(await subscribe(`tm.event='Tx' AND tx.height=${i}`)).toContain('"result":{}')
    expect(await subscribe("tm.event='NewBlock'")).toContain('max_subscriptions_per_client 5 reached; unsubscribe')
    expect(node.engine.events.subscriberCount()).toBe(6) // one is the metrics'
    client.terminate()
  })
})

describe('API-05 one address that asks too often', () => {
  test('is answered 429 with a sentence by every server, and blocks go on', async () => {
    await start({ requestsPerSecond: 10 })
    const asked = await Promise.all(Array.from({ length: 100 }, () => ask(`${node.restUrl}/starling/v1/fees`)))
    const refused = asked.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(50)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect(JSON.parse(refused[0]?.body ?? '')).toMatchObject({
      code: 8,
      message: expect.stringMatching(/^This node answers 10 /),
    })
    expect(asked.filter(({ status }) => status === 200).length + refused.length).toBe(100)
    expect(node.engine.mine().header.height).toBe(2n)
  })

  test('and by WebSocket is told so', async () => {
    await start({ requestsPerSecond: 5 })
    const client = new WebSocket(`${node.rpcUrl.replace('http', 'ws')}/websocket`)
    await once(client, 'open')
    const answers: string[] = []
    const all = new Promise<void>((resolve) =>
      client.on('message', (data) => answers.push(String(data)) === 50 && resolve()),
    )
    for (let i = 0; i < 50; i++) client.send(call('health'))
    await all
    expect(answers.filter((answer) => answer.includes('answers 5 calls a second')).length).toBeGreaterThan(25)
    client.terminate()
  })

  test('gets its share back with time; IPv6 counts by /64, and the memory for addresses is bounded', async () => {
    await start()
    let now = 0
    const rate = createRateLimit(10, () => now)
    const take = (address: string, times: number): number =>
      Array.from({ length: times }, () => rate.take(address)).filter(Boolean).length
    expect(take('1.2.3.4', 30)).toBe(20)
    expect(take('::ffff:1.2.3.4', 5)).toBe(0)
    now = 500
    expect(take('1.2.3.4', 30)).toBe(5)
    expect(take('2001:db8::1', 15) + take('2001:db8:0:0:ffff::2', 15)).toBe(20)
    expect(take('2001:db8:0:1::1', 30)).toBe(20)
    for (let i = 0; i < 20_000; i++) rate.take(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
    expect(take('1.2.3.4', 30)).toBe(20)
  })
})

describe('API-06 a page of another origin', () => {
  const tx = () => Buffer.from(node.pay(alice, alice, 0n)).toString('base64')
  const broadcasts = (): readonly (readonly [string, RequestInit])[] => {
    const rest = JSON.stringify({ tx_bytes: tx(), mode: 'BROADCAST_MODE_SYNC' })
    const sync = call('broadcast_tx_sync', { tx: tx() })
    return [
      [`${node.restUrl}/cosmos/tx/v1beta1/txs`, post(rest)],
      [`${node.restUrl}/cosmos/tx/v1beta1/txs/?x=1`, post(rest)],
      [node.rpcUrl, post(sync)],
      [node.rpcUrl, post(`[${sync}]`, { 'content-type': 'text/plain' })],
      [node.rpcUrl, post(sync.replace('broadcast', '\\u0062roadcast'))],
      [`${node.restUrl}/rpc`, post(sync)],
      [`${node.rpcUrl}/broadcast_tx_async?tx=0x00`, {}],
      [`${node.rpcUrl}/%62roadcast_tx_sync?tx=0x00`, {}],
    ]
  }
  const from = (origin: string, init: RequestInit): RequestInit => ({ ...init, headers: { ...init.headers, origin } })

  test.each([[[]], [[PAGE]], [['*']]])('may not send, whatever is listed: %j', async (listed) => {
    await start({}, listed)
    for (const [url, init] of broadcasts()) {
      const { status, body } = await ask(url, from(PAGE, init))
      expect([url, status, body]).toEqual([url, 403, expect.stringContaining('but not send transactions')])
    }
    expect(node.engine.mempool.count()).toBe(0)
  })

  test('may read where it is listed or all are, and nothing else is told to browsers', async () => {
    await start({}, [PAGE])
    const read = async (origin: string): Promise<string | null> =>
      (await ask(`${node.restUrl}/rpc/status`, from(origin, {}))).headers.get('access-control-allow-origin')
    expect([await read(PAGE), await read('https://other.example'), await read('null')]).toEqual([PAGE, null, null])
    const query = await ask(node.rpcUrl, from(PAGE, post(call('abci_info'))))
    expect([query.status, query.headers.get('access-control-allow-credentials')]).toEqual([200, null])
    await node.close()
    await start({}, ['*'])
    expect(await read('https://other.example')).toBe('https://other.example')
  })

  test('reads by WebSocket without the methods that send', async () => {
    await start({}, [PAGE])
    const client = new WebSocket(`${node.restUrl.replace('http', 'ws')}/rpc/websocket`, { headers: { origin: PAGE } })
    await once(client, 'open')
    client.send(call('broadcast_tx_sync', { tx: tx() }))
    expect(String((await once(client, 'message'))[0])).toContain('there is no method')
    client.send(call('health'))
    expect(String((await once(client, 'message'))[0])).toContain('"result":{}')
    client.terminate()
  })

  test('a page that the node has served may do everything, on one origin', async () => {
    await start()
    const { restUrl } = node
    const sent = await ask(`${restUrl}/rpc/`, from(restUrl, post(call('broadcast_tx_sync', { tx: tx() }))))
    expect(JSON.parse(sent.body)).toMatchObject({ result: { code: 0 } })
    for (const path of ['/rpc/status', '/rpc', '/rpc/?', '/rpc/block?height=1']) {
      expect([path, (await ask(restUrl + path)).status]).toEqual([path, 200])
    }
    expect((await ask(`${restUrl}/rpcx`)).status).toBe(501)
    const client = new WebSocket(`${restUrl.replace('http', 'ws')}/rpc/websocket`, { headers: { origin: restUrl } })
    await once(client, 'open')
    client.send(call('subscribe', { query: "tm.event='NewBlock'" }))
    expect(String((await once(client, 'message'))[0])).toContain('"result":{}')
    const elsewhere = new WebSocket(`${restUrl.replace('http', 'ws')}/websocket`)
    expect((await once(elsewhere, 'error'))[0]).toMatchObject({ message: expect.stringContaining('404') })
    client.terminate()
  })
})

test('API-04 10,000 odd bodies and queries get no answer of 5xx from REST', async () => {
  await start({ requestsPerSecond: 1_000_000 })
  const odd = [
    '',
    '{',
    '[]',
    'null',
    '{"__proto__":{"x":1}}',
    '{"tx_bytes":1}',
    '{"tx_bytes":"AA==","tx_bytes":"AB=="}',
  ]
  const values = ['', '-1', '1e9', '99999999999999999999', '%00', 'a=b', '[]', '__proto__', '١', '0x1', 'true', '"1"']
  const names = ['height', 'pagination.limit', 'pagination.key', '__proto__', 'constructor', 'topic_id', 'a.b.c', '']
  const paths = [
    '/starling/v1/fees',
    '/emissions/v10/topics/1',
    '/cosmos/bank/v1beta1/balances/x',
    '/cosmos/tx/v1beta1/txs',
  ]
  const urls = paths.flatMap((path) => names.flatMap((name) => values.map((value) => `${path}?${name}=${value}`)))
  const seen = new Set<number>()
  const failures: string[] = []
  for (let round = 0; round < 25; round++) {
    const asked = urls.map(async (url, i) => {
      const body = `${odd[(i + round) % odd.length] ?? ''}${'}'.repeat(round % 3)}`
      const init = i % 2 === 0 ? {} : post(body)
      const { status, body: told } = await ask(node.restUrl + url, init)
      if (status >= 500 && status !== 501) failures.push(`${status} ${url} ${body}: ${told}`)
      return status
    })
    for (const status of await Promise.all(asked)) seen.add(status)
  }
  expect(failures).toEqual([])
  expect(seen.size).toBeGreaterThan(2)
})
