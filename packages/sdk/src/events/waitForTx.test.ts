import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { encodeTx } from '@starling/protocol/tx/encodeTx'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestBench } from '../testing/createTestBench.ts'
import { failureOf } from '../testing/failureOf.ts'
import type { FakeNode } from '../testing/fakeNode.ts'
import { txHash } from '../tx/txHash.ts'
import { walletFromSeed } from '../wallet/walletFromSeed.ts'

const bench = createTestBench()
afterEach(bench.close)

const { address, privateKey } = walletFromSeed('1', 'alice')
const LAST = 100n
const pay: MessageToSend = {
  typeUrl: '/cosmos.bank.v1beta1.MsgSend',
  value: { fromAddress: address, toAddress: address, amount: [{ denom: 'uallo', amount: '1' }] },
}

async function fundedNode(): Promise<FakeNode> {
  const node = await bench.node()
  node.chain.fund(address, 10n ** 15n)
  return node
}

function signed(node: FakeNode, sequence: bigint): Uint8Array {
  const { chainId } = node.chain
  const money = { gasLimit: 100_000n, fee: 1_000_000n }
  return encodeTx({ messages: [pay], privateKey, chainId, accountNumber: 0n, sequence, ...money })
}

const lookUps = (node: FakeNode): number => node.requests.filter((one) => /^GET .*\/txs\//.test(one)).length

describe('waitForTx', () => {
  it('FL-31 of 300 transactions in one block none is missed, and hardly one is asked for', async () => {
    const node = await fundedNode()
    const client = bench.client(node)
    const blocks = client.blocks()[Symbol.asyncIterator]()
    await blocks.next()
    await node.requested('ws subscribe', 2)
    const hashes: string[] = []
    for (let i = 0n; i < 300n; i++) hashes.push(await client.broadcast(signed(node, i)))
    const { height } = node.mine()
    await blocks.next()
    const landed = await Promise.all(hashes.map((hash) => client.waitForTx(hash, LAST)))
    expect(new Set(landed.map(({ hash }) => hash)).size).toBe(300)
    expect(landed.every((tx) => tx.height === height && tx.code === 0)).toBe(true)
    // Only those that were broadcast before the connection was set up.
    expect(lookUps(node)).toBeLessThan(10)
  })

  it('finds what landed before anybody listened, and what lands while the connection is cut', async () => {
    const node = await fundedNode()
    const early = await bench.client(node).broadcast(signed(node, 0n))
    node.mine()
    const client = bench.client(node)
    expect(await client.waitForTx(early.toLowerCase(), LAST)).toMatchObject({ hash: early, height: 2n })
    await node.requested('ws subscribe', 2)
    const waiting = client.waitForTx(await client.broadcast(signed(node, 1n)), LAST)
    node.sockets = 'refuse'
    node.cut()
    node.mine()
    expect((await waiting).height).toBe(3n)
  })

  it('finds what landed long ago although it listens', async () => {
    const node = await fundedNode()
    const hash = await bench.client(node).broadcast(signed(node, 0n))
    node.mine()
    const client = bench.client(node)
    const blocks = client.blocks()[Symbol.asyncIterator]()
    await blocks.next()
    node.mine()
    await blocks.next()
    expect((await client.waitForTx(hash, LAST)).height).toBe(2n)
  })

  it('gives up when the last block has passed, not before', async () => {
    const node = await fundedNode()
    const client = bench.client(node)
    const waiting = client.waitForTx('A'.repeat(64), 3n)
    await node.requested('ws subscribe', 2)
    node.mine()
    node.mine()
    const late = client.waitForTx(txHash(signed(node, 0n)), 9n)
    await client.broadcast(signed(node, 0n))
    node.mine()
    expect((await failureOf(waiting)).kind).toBe('timeout')
    expect((await late).height).toBe(4n)
  })

  it('gives up when the node is gone for good', async () => {
    const node = await fundedNode()
    const client = bench.client(node, { pace: { giveUpMs: 0 } })
    const waiting = client.waitForTx('A'.repeat(64), LAST)
    await node.requested('ws subscribe', 2)
    const lost = failureOf(waiting)
    await node.close()
    expect((await lost).kind).toBe('unreachable')
  })

  it('ends with close', async () => {
    const node = await fundedNode()
    const client = bench.client(node)
    const waiting = failureOf(client.waitForTx('A'.repeat(64), LAST))
    await client.close()
    expect((await waiting).message).toMatch(/closed/)
    expect((await failureOf(client.waitForTx('B'.repeat(64), LAST))).message).toMatch(/closed/)
  })
})
