import { afterEach, describe, expect, it } from 'vitest'
import { createTestBench } from '../testing/createTestBench.ts'
import { failureOf } from '../testing/failureOf.ts'
import type { FakeNode } from '../testing/fakeNode.ts'
import type { BlockNotice, Client } from '../types.ts'

const bench = createTestBench()
afterEach(bench.close)

type Reader = AsyncIterator<BlockNotice>
const readerOf = (client: Client): Reader => client.blocks()[Symbol.asyncIterator]()

async function read(reader: Reader, count: number): Promise<readonly BlockNotice[]> {
  const notices: BlockNotice[] = []
  while (notices.length < count) {
    const { done, value } = await reader.next()
    if (done) break
    notices.push(value)
  }
  return notices
}

const heights = (notices: readonly BlockNotice[]): readonly bigint[] => notices.map(({ height }) => height)
const connections = (node: FakeNode): number => node.requests.filter((one) => one === 'ws connect').length

/** A client that listens, and a reader that has read the block that was there. */
async function listening(node: FakeNode, client: Client): Promise<Reader> {
  const reader = readerOf(client)
  await read(reader, 1)
  await node.requested('ws subscribe', 2)
  return reader
}

describe('blocks', () => {
  it('gives every block with the events of its hooks, in order', async () => {
    const node = await bench.node()
    const reader = await listening(node, bench.client(node))
    const opened = { type: 'emissions.v10.EventWorkerSubmissionWindowOpened', attributes: { topic_id: '"1"' } }
    node.mine()
    node.mine([opened])
    const [first, second] = await read(reader, 2)
    expect(first).toEqual({ height: 2n, events: [] })
    expect(second).toEqual({ height: 3n, events: [opened] })
  })

  it('serves all readers and waiters from one connection, each at its own pace', async () => {
    const node = await bench.node()
    const client = bench.client(node)
    const first = await listening(node, client)
    const second = readerOf(client)
    node.mine()
    node.mine()
    expect(heights(await read(second, 2))).toEqual([2n, 3n])
    expect(heights(await read(first, 2))).toEqual([2n, 3n])
    expect(client.seenHeight?.()).toBe(3n)
    expect(connections(node)).toBe(1)
  })

  it('FL-31 a cut connection loses no block: what was missed is fetched', async () => {
    const node = await bench.node()
    const reader = await listening(node, bench.client(node))
    node.sockets = 'refuse'
    node.cut()
    const missed = { type: 'starling.v1.EventAnswerPublished', attributes: { topic_id: '"1"' } }
    for (let i = 0; i < 3; i++) node.mine([missed])
    node.sockets = 'serve'
    await node.requested('ws subscribe', 4)
    node.mine()
    const notices = await read(reader, 4)
    expect(heights(notices)).toEqual([2n, 3n, 4n, 5n])
    expect(notices[1]?.events).toEqual([missed])
  })

  it('FL-31 without any WebSocket blocks come by asking', async () => {
    const node = await bench.node()
    node.sockets = 'refuse'
    const reader = readerOf(bench.client(node))
    await read(reader, 1)
    node.mine()
    node.mine()
    expect(heights(await read(reader, 2))).toEqual([2n, 3n])
  })

  it('FL-31 a quiet connection that answers stays, however long', async () => {
    const node = await bench.node()
    const client = bench.client(node, { pace: { healthMs: 1 } })
    const reader = await listening(node, client)
    await node.requested('ws health', 30)
    node.mine()
    expect(heights(await read(reader, 1))).toEqual([2n])
    expect(connections(node)).toBe(1)
  })

  it('FL-31 a connection that does not answer any more is replaced', async () => {
    const node = await bench.node()
    const client = bench.client(node, { pace: { healthMs: 1, answerMs: 20 } })
    const reader = await listening(node, client)
    node.sockets = 'mute'
    await node.requested('ws connect', 2)
    node.sockets = 'serve'
    node.mine()
    expect(heights(await read(reader, 1))).toEqual([2n])
  })

  it('waits for a node that is not there yet', async () => {
    const node = await bench.node()
    let away = true
    const client = bench.client(node, {
      fetch: (...args) => (away ? Promise.reject(new TypeError('fetch failed')) : fetch(...args)),
    })
    node.sockets = 'refuse'
    const reader = readerOf(client)
    const first = reader.next()
    away = false
    node.sockets = 'serve'
    expect((await first).value).toMatchObject({ height: 1n })
  })

  it('begins with the first block of a chain that has none', async () => {
    const node = await bench.node()
    node.height = 0n
    const reader = readerOf(bench.client(node))
    await node.requested('ws subscribe', 2)
    node.height = undefined
    node.mine()
    expect(heights(await read(reader, 2))).toEqual([1n, 2n])
  })

  it('stores nothing for a reader that does not read, and fails one that is too far behind', async () => {
    const node = await bench.node()
    const client = bench.client(node)
    const reader = await listening(node, client)
    for (let i = 0; i < 10_001; i++) node.chain.mine()
    node.mine()
    const error = await failureOf(Promise.resolve(reader.next()))
    expect(error.message).toMatch(/reader of blocks is at height 2 and the chain at 10003/)
    expect((await reader.next()).done).toBe(true)
  })

  it('a reader that lags fetches what is not kept any more', async () => {
    const node = await bench.node()
    const client = bench.client(node)
    const reader = await listening(node, client)
    for (let i = 0; i < 600; i++) node.mine()
    await caughtUp(client, 601n)
    const notices = await read(reader, 600)
    expect(heights(notices)).toEqual(Array.from({ length: 600 }, (_, i) => BigInt(i + 2)))
  })

  it('says so when a missed block is gone, and when another chain answers', async () => {
    const node = await bench.node()
    const reader = await listening(node, bench.client(node))
    node.pruned = 3n
    node.chain.mine()
    node.chain.mine()
    node.mine()
    expect((await failureOf(reader.next())).message).toMatch(/Block 2 was missed and cannot be fetched any more/)

    const other = await bench.node()
    for (let i = 0; i < 20; i++) other.mine()
    const client = bench.client(other)
    const late = await listening(other, client)
    const next = late.next()
    other.height = 3n
    other.cut()
    expect((await failureOf(next)).message).toMatch(/at height 3, but was at 21/)
    expect((await failureOf(client.waitForTx('A'.repeat(64), 30n))).message).toMatch(/began anew/)
  })

  it('ends with close, and a reader ends with return although it waits', async () => {
    const node = await bench.node()
    const client = bench.client(node)
    const reader = await listening(node, client)
    const other = readerOf(client)
    const pending = [reader.next(), other.next()]
    await other.return?.()
    expect(await pending[1]).toEqual({ done: true, value: undefined })
    await client.close()
    expect(await pending[0]).toEqual({ done: true, value: undefined })
    expect(await readerOf(client).next()).toEqual({ done: true, value: undefined })
  })
})

/** Resolves when the client has heard of a height. */
async function caughtUp(client: Client, height: bigint): Promise<void> {
  for await (const notice of client.blocks()) if (notice.height >= height || client.seenHeight?.() === height) return
}
