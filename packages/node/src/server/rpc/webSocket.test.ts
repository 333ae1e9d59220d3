import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { testActor } from '../../app/testing/testChain.ts'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'

const alice = testActor('alice')
const bob = testActor('bob')
let node: TestNode
let client: Client

type Frame = {
  readonly id: unknown
  readonly result?: { readonly query?: string; readonly data?: { readonly type: string; readonly value: unknown } }
  readonly error?: { readonly code: number; readonly data: string }
}

/** A client that keeps what it gets in order. */
type Client = {
  readonly socket: WebSocket
  readonly ask: (call: unknown) => void
  readonly next: () => Promise<string>
}

async function connect(path = '/websocket', headers = {}): Promise<Client> {
  const socket = new WebSocket(node.rpcUrl.replace('http', 'ws') + path, { headers })
  const got: string[] = []
  const waiting: ((text: string) => void)[] = []
  socket.on('message', (data) => {
    const waiter = waiting.shift()
    if (waiter === undefined) got.push(String(data))
    else waiter(String(data))
  })
  await once(socket, 'open')
  return {
    socket,
    ask: (call) => socket.send(typeof call === 'string' ? call : JSON.stringify({ jsonrpc: '2.0', ...Object(call) })),
    next: () => {
      const text = got.shift()
      return text === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(text)
    },
  }
}

const frame = async (from: Client): Promise<Frame> => JSON.parse(await from.next()) as Frame
const subscribe = async (query: string, id: unknown = 1): Promise<void> => {
  client.ask({ id, method: 'subscribe', params: { query } })
  expect(await client.next()).toBe(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{}}`)
}

beforeEach(async () => {
  node = await startTestNode([alice, bob], { limits: { subscriptions: 5 } })
  client = await connect()
})
afterEach(async () => {
  client.socket.terminate()
  await node.close()
})

describe('SPEC wire 3.0 subscriptions', () => {
  test('acknowledged with exactly {}, then frames with the same id and the query as it was sent', async () => {
    const query = "tm.event='NewBlock'"
    await subscribe(query, 'typed_block_events_1')
    node.engine.mine()
    expect(await frame(client)).toEqual({
      jsonrpc: '2.0',
      id: 'typed_block_events_1',
      result: {
        query,
        data: {
          type: 'tendermint/event/NewBlock',
          value: {
            block: expect.objectContaining({ header: expect.objectContaining({ height: '1' }) }),
            block_id: { hash: expect.any(String), parts: { total: 1, hash: expect.any(String) } },
            result_finalize_block: expect.objectContaining({ events: expect.any(Array), tx_results: [] }),
          },
        },
        events: expect.objectContaining({ 'tm.event': ['NewBlock'], 'block.height': ['1'] }),
      },
    })
  })

  test('headers, block events and transactions', async () => {
    await subscribe("tm.event='NewBlockHeader'", 1)
    await subscribe("tm.event = 'NewBlockEvents'", 2)
    await subscribe(`tm.event='Tx' AND message.sender='${alice.address}'`, 3)
    const { hash } = node.engine.submitTx(node.pay(alice, bob, 0n))
    node.engine.mine()
    const frames = [await frame(client), await frame(client), await frame(client)]
    const byId = new Map(frames.map(({ id, result }) => [id, result]))
    expect(byId.get(1)?.data).toMatchObject({
      type: 'tendermint/event/NewBlockHeader',
      value: { header: { height: '1' } },
    })
    expect(byId.get(2)).toMatchObject({
      query: "tm.event = 'NewBlockEvents'",
      data: {
        type: 'tendermint/event/NewBlockEvents',
        value: { height: '1', num_txs: '1', events: expect.any(Array) },
      },
    })
    expect(byId.get(3)).toMatchObject({
      data: {
        type: 'tendermint/event/Tx',
        value: { TxResult: { height: '1', index: 0, result: { code: 0, gas_wanted: '1000000' } } },
      },
      events: { 'tx.hash': [hash], 'tx.height': ['1'] },
    })
  })

  test('every method answers here too', async () => {
    client.ask({ id: 4, method: 'net_info' })
    expect(await frame(client)).toMatchObject({ id: 4, result: { listening: true } })
  })

  test('unsubscribe and unsubscribe_all end the frames', async () => {
    await subscribe("tm.event='NewBlock'", 1)
    await subscribe("tm.event='Tx'", 2)
    client.ask({ id: 3, method: 'unsubscribe', params: ["tm.event='NewBlock'"] })
    expect(await frame(client)).toMatchObject({ id: 3, result: {} })
    client.ask({ id: 4, method: 'unsubscribe_all' })
    expect(await frame(client)).toMatchObject({ id: 4, result: {} })
    node.engine.submitTx(node.pay(alice, bob, 0n))
    node.engine.mine()
    client.ask({ id: 5, method: 'unsubscribe_all' })
    expect(await frame(client)).toMatchObject({
      id: 5,
      error: { data: expect.stringContaining('subscription not found') },
    })
    expect(node.engine.events.subscriberCount()).toBe(1) // the metrics
  })

  test('FL-31 300 transactions in one block reach a client that was not reading as 300 distinct events', async () => {
    await subscribe("tm.event='Tx'")
    client.socket.pause()
    for (let sequence = 0n; sequence < 300n; sequence += 1n) node.engine.submitTx(node.pay(alice, bob, sequence))
    expect(node.engine.mine().txs).toHaveLength(300)
    client.socket.resume()
    const hashes = new Set<unknown>()
    for (let i = 0; i < 300; i += 1) hashes.add(Object((await frame(client)).result).events['tx.hash'][0])
    expect(hashes.size).toBe(300)
  })

  test('pings are answered', async () => {
    client.socket.ping('x')
    expect(String((await once(client.socket, 'pong'))[0])).toBe('x')
  })

  test('a client that answers no ping is dropped', async () => {
    const quick = await startTestNode([alice], { limits: { pingMs: 5 } })
    const deaf = new WebSocket(`${quick.rpcUrl.replace('http', 'ws')}/websocket`, { autoPong: false })
    expect((await once(deaf, 'close'))[0]).toBe(1006)
    await quick.close()
  })

  test('a node that shuts down says goodbye', async () => {
    await subscribe("tm.event='NewBlock'")
    const closed = once(client.socket, 'close')
    await node.close()
    expect((await closed)[0]).toBe(1001)
  })
})

describe('what is refused', () => {
  const refusals: readonly (readonly [unknown, number, RegExp])[] = [
    ['{', -32700, /no JSON/],
    [{ id: 1, method: 'subscribe' }, -32602, /query is missing; give one, for example/],
    [
      { id: 1, method: 'subscribe', params: { query: 'tm.event=NewBlock' } },
      -32602,
      /Did you mean: tm\.event='NewBlock'/,
    ],
    [{ id: 1, method: 'subscribe', params: { query: 'x'.repeat(513) } }, -32602, /513 characters, at most 512/],
    [{ id: 1, method: 'unsubscribe', params: { query: "a.b='c'" } }, -32603, /subscription not found/],
    [{ id: 1, method: 'nope' }, -32601, /there is no method "nope" here; there are .*subscribe/],
  ]
  test.each(refusals)('%.70j', async (call, code, data) => {
    client.ask(call)
    expect(await frame(client)).toMatchObject({ error: { code, data: expect.stringMatching(data) } })
  })

  test('the same query twice, and more subscriptions than allowed', async () => {
    for (let i = 1; i <= 5; i += 1) await subscribe(`tm.event='Tx' AND tx.height=${i}`)
    client.ask({ id: 8, method: 'subscribe', params: { query: "tm.event='Tx' AND tx.height=1" } })
    expect(await frame(client)).toMatchObject({ id: 8, error: { data: expect.stringContaining('already subscribed') } })
    client.ask({ id: 9, method: 'subscribe', params: { query: "tm.event='NewBlock'" } })
    expect(await frame(client)).toMatchObject({
      id: 9,
      error: { data: expect.stringContaining('per_client 5 reached') },
    })
  })

  test('pages of other machines, and other paths', async () => {
    await expect(connect('/websocket', { origin: 'https://example.com' })).rejects.toThrow('403')
    await expect(connect('/other')).rejects.toThrow('404')
    const own = await connect('/websocket', { origin: 'http://localhost:5173' })
    own.socket.terminate()
  })
})
