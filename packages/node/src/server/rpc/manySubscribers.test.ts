import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openTestChain, testActor } from '../../app/testing/testChain.ts'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'

const SUBSCRIBERS = 1000
const SLOW = 10
const TXS_PER_BLOCK = 4
const MESSAGES_PER_TX = 60
const GAS = 30_000_000n
const MOST_BLOCKS = 100
const MIB = 2 ** 20
/** What a block of this size takes in the store of a node in memory, with its results, is less. */
const MOST_PER_BLOCK = MIB
/** What may wait for a slow client before it is cut: a frame on top of `socketBytes`. */
const MOST_PER_SLOW_CLIENT = 2 * MIB

const alice = testActor('alice')
const bob = testActor('bob')
setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

let node: TestNode
let sequence = 0n
const clients: Subscriber[] = []
const { sign } = openTestChain([alice, bob])

/** A client of one subscription, which keeps the heights that it was told, and why it was cut. */
type Subscriber = { readonly socket: WebSocket; readonly heights: bigint[]; cut: string | undefined }

async function subscribe(event: string): Promise<Subscriber> {
  const socket = new WebSocket(`${node.rpcUrl.replace('http', 'ws')}/websocket`)
  await once(socket, 'open')
  const query = `tm.event='${event}'`
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscribe', params: { query } }))
  expect(String((await once(socket, 'message'))[0])).toBe('{"jsonrpc":"2.0","id":1,"result":{}}')
  const subscriber: Subscriber = { socket, heights: [], cut: undefined }
  socket.on('message', (data) => {
    const { result, error } = JSON.parse(String(data))
    if (error !== undefined) subscriber.cut = error.data
    else subscriber.heights.push(BigInt((result.data.value.header ?? result.data.value.block.header).height))
  })
  return subscriber
}

/** Subscribers, a hundred at a time: a server's queue of new connections is shorter than a thousand. */
async function subscribeMany(count: number, event: string): Promise<readonly Subscriber[]> {
  const all: Subscriber[] = []
  while (all.length < count) {
    const next = Array.from({ length: Math.min(100, count - all.length) }, () => subscribe(event))
    all.push(...(await Promise.all(next)))
  }
  clients.push(...all)
  return all
}

/** Makes a block whose event is long: many payments in few transactions. */
function mineFullBlock(): bigint {
  const value = { fromAddress: alice.address, toAddress: bob.address, amount: [{ denom: 'uallo', amount: '1' }] }
  const payment: MessageToSend = { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }
  const payments = Array.from({ length: MESSAGES_PER_TX }, () => payment)
  for (let i = 0; i < TXS_PER_BLOCK; i += 1) {
    const tx = sign(alice, payments, { sequence, gasLimit: GAS, fee: GAS * 10n })
    expect(node.engine.submitTx(tx).code).toBe(0)
    sequence += 1n
  }
  const { header, txs } = node.engine.mine()
  expect(txs).toHaveLength(TXS_PER_BLOCK)
  return header.height
}

/** Resolves once a client has been told of a height. */
async function told({ socket, heights }: Subscriber, height: bigint): Promise<void> {
  while (heights.at(-1) !== height) await once(socket, 'message')
}

function memoryInUse(): number {
  // Buffers are freed in the collection after the one that finds them unused.
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

beforeAll(async () => {
  node = await startTestNode([alice, bob], { limits: { eventBuffer: 4, socketBytes: 2 ** 16 } })
})
afterAll(async () => {
  for (const { socket } of clients) socket.terminate()
  await node.close()
})

test('API-12 a thousand subscribers: blocks go on, slow ones are cut, memory is bounded', async () => {
  const fast = await subscribeMany(SUBSCRIBERS - SLOW, 'NewBlockHeader')
  const slow = await subscribeMany(SLOW, 'NewBlock')
  const metrics = 1
  expect(node.engine.events.subscriberCount()).toBe(SUBSCRIBERS + metrics)
  const beyond = new WebSocket(`${node.rpcUrl.replace('http', 'ws')}/websocket`).on('error', () => {})
  const [, refusal] = await once(beyond, 'unexpected-response')
  expect(refusal.statusCode).toBe(503)

  for (const { socket } of slow) socket.pause()
  const before = memoryInUse()
  const mined: bigint[] = []
  const goOn = async (): Promise<void> => {
    const height = mineFullBlock()
    mined.push(height)
    await Promise.all(fast.map((client) => told(client, height)))
  }
  while (node.engine.events.subscriberCount() > SUBSCRIBERS - SLOW + metrics) {
    expect(mined.length).toBeLessThan(MOST_BLOCKS)
    await goOn()
  }
  expect(memoryInUse() - before).toBeLessThan(mined.length * MOST_PER_BLOCK + SLOW * MOST_PER_SLOW_CLIENT)
  const afterCut = memoryInUse()
  for (let i = 0; i < 10; i += 1) await goOn()
  expect(memoryInUse() - afterCut).toBeLessThan(10 * MOST_PER_BLOCK)
  for (const { heights, cut } of fast) expect([heights, cut]).toEqual([mined, undefined])

  for (const { socket } of slow) socket.resume()
  for (const client of slow) {
    while (client.cut === undefined) await once(client.socket, 'message')
    expect(client.cut).toMatch(/not pulling messages fast enough: 4 events wait already at height/)
    expect(client.heights).toEqual(mined.slice(0, client.heights.length))
  }
})
