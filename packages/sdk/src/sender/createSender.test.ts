import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { afterEach, describe, expect, it } from 'vitest'
import { StarlingError } from '../starlingError.ts'
import { createTestBench } from '../testing/createTestBench.ts'
import { startDropProxy } from '../testing/dropProxy.ts'
import { failureOf } from '../testing/failureOf.ts'
import type { FakeNode } from '../testing/fakeNode.ts'
import type { Client, Sender, Wallet } from '../types.ts'
import { walletFromSeed } from '../wallet/walletFromSeed.ts'
import { createSender } from './createSender.ts'

const alice = walletFromSeed('1', 'alice')
const bob = walletFromSeed('1', 'bob')
const FUNDS = 10n ** 12n
const bench = createTestBench()
afterEach(bench.close)

async function fakeNode(): Promise<FakeNode> {
  const node = await bench.node()
  node.chain.fund(alice.address, FUNDS)
  return node
}

function senderOf(client: Client, wallet: Wallet = alice): Sender {
  return createSender({ client, wallet })
}

const pay = (amount: bigint, fromAddress: string = alice.address): MessageToSend => ({
  typeUrl: '/cosmos.bank.v1beta1.MsgSend',
  value: { fromAddress, toAddress: bob.address, amount: [{ denom: 'uallo', amount: amount.toString() }] },
})

describe('sender', () => {
  it('sends, pays exactly the fee it names, and tells the height it landed at', async () => {
    const node = await fakeNode()
    const sender = senderOf(bench.client(node))
    const fee = await sender.feeOf([pay(7n)])
    const { hash, landed } = await sender.send([pay(7n)])
    const { height } = node.mine()
    expect(await landed).toMatchObject({ hash, height, code: 0 })
    expect(node.chain.account(alice.address)).toMatchObject({ sequence: 1n, balance: FUNDS - fee - 7n })
  })

  it.each(['reply', 'request'] as const)('FL-09 a broadcast whose %s is lost counts exactly once', async (drop) => {
    const node = await fakeNode()
    const proxy = await startDropProxy({ target: node.url, drop, times: 1 })
    bench.owns(proxy.close)
    const { landed } = await senderOf(bench.client({ url: proxy.url, rpc: node.rpc })).send([pay(7n)])
    const { height } = node.mine()
    expect((await landed).height).toBe(height)
    expect(node.chain.account(bob.address)?.balance).toBe(7n)
    expect(node.chain.account(alice.address)?.sequence).toBe(1n)
    expect(proxy.broadcasts).toHaveLength(2)
    expect(new Set(proxy.broadcasts).size).toBe(1)
  })

  it('AUD-M13 FL-09 a broadcast that landed before its lost reply is looked up, not sent again', async () => {
    const node = await fakeNode()
    const client = bench.client(node)
    let broadcasts = 0
    const losing: Client = {
      ...client,
      async broadcast(tx) {
        broadcasts += 1
        await client.broadcast(tx)
        node.mine()
        throw new StarlingError('timeout', 'The node did not answer within 10 s.')
      },
    }
    const { landed } = await senderOf(losing).send([pay(7n)])
    expect((await landed).height).toBe(2n)
    expect(broadcasts).toBe(1)
    expect(node.chain.account(bob.address)?.balance).toBe(7n)
  })

  it('FL-09 when another process used the sequence meanwhile, the lost transaction is signed anew', async () => {
    const node = await fakeNode()
    const client = bench.client(node)
    const other = senderOf(bench.client(node))
    let lost = false
    const losing: Client = {
      ...client,
      async broadcast(tx) {
        if (lost) return client.broadcast(tx)
        lost = true
        await other.send([pay(100n)])
        node.mine()
        throw new StarlingError('unreachable', 'No node answers.')
      },
    }
    await senderOf(losing).send([pay(7n)])
    node.mine()
    expect(node.chain.account(bob.address)?.balance).toBe(107n)
    expect(node.chain.account(alice.address)?.sequence).toBe(2n)
  })

  it('FL-09 what stays uncertain is said, with the hash, and never signed anew', async () => {
    const node = await fakeNode()
    const client = bench.client(node)
    const signed = new Set<string>()
    const dead: Client = {
      ...client,
      async broadcast(tx) {
        signed.add(Buffer.from(tx).toString('hex'))
        throw new StarlingError('timeout', 'The node did not answer within 10 s.')
      },
    }
    const error = await failureOf(senderOf(dead).send([pay(7n)]))
    expect(error.kind).toBe('timeout')
    expect(error.message).toMatch(/not certain whether transaction [0-9A-F]{64} was taken/)
    expect(signed.size).toBe(1)
  })

  it('FL-29 of 20 sends at once all land, in one sequence', async () => {
    const node = await fakeNode()
    const sender = senderOf(bench.client(node))
    await sender.send([pay(0n)])
    node.mine()
    const { balance = 0n } = node.chain.account(alice.address) ?? {}
    const fee = await sender.feeOf([pay(1n)])
    const sent = await Promise.all(Array.from({ length: 20 }, () => sender.send([pay(1n)])))
    node.mine()
    const landed = await Promise.all(sent.map(({ landed }) => landed))
    expect(new Set(landed.map(({ hash }) => hash)).size).toBe(20)
    expect(node.chain.account(alice.address)).toMatchObject({ sequence: 21n, balance: balance - 20n * (fee + 1n) })
    expect(node.chain.account(bob.address)?.balance).toBe(20n)
    expect(node.requests.filter((one) => one === 'ws connect')).toHaveLength(1)
  })

  it('FL-29 with two senders of one account each send lands or says which sequence was expected', async () => {
    const node = await fakeNode()
    const senders = [senderOf(bench.client(node)), senderOf(bench.client(node))]
    const sends = senders.flatMap((sender) => Array.from({ length: 20 }, () => sender.send([pay(1n)])))
    const results = await Promise.allSettled(sends)
    node.mine()
    const sent = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    await Promise.all(sent.map(({ landed }) => landed))
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.message).toMatch(/expected \d+, got \d+/)
    }
    expect(sent.length).toBeGreaterThanOrEqual(20)
    expect(node.chain.account(alice.address)?.sequence).toBe(BigInt(sent.length))
    expect(node.chain.account(bob.address)?.balance).toBe(BigInt(sent.length))
  })

  it('learns the expected sequence when transactions were dropped from the mempool', async () => {
    const node = await fakeNode()
    const sender = senderOf(bench.client(node))
    await sender.send([pay(1n)])
    await sender.send([pay(1n)])
    node.chain.flush()
    const { landed } = await sender.send([pay(5n)])
    node.mine()
    await landed
    expect(node.chain.account(bob.address)?.balance).toBe(5n)
  })

  it('pays a price that has risen, and goes on after a refusal without using up a sequence', async () => {
    const node = await fakeNode()
    const sender = senderOf(bench.client(node))
    const before = await sender.feeOf([pay(1n)])
    node.chain.minGasPrice = 20n
    await sender.send([pay(1n)])
    const error = await failureOf(sender.send([pay(1n)], { memo: 'x'.repeat(257) }))
    expect(error).toMatchObject({ kind: 'refused', codespace: 'sdk', code: 12 })
    const { landed } = await sender.send([pay(1n)])
    node.mine()
    await landed
    const { sequence, balance } = node.chain.account(alice.address) ?? {}
    expect(sequence).toBe(2n)
    expect(FUNDS - (balance ?? 0n)).toBeGreaterThan(2n * before)
  })

  it('API-09 tells a refusal in the block by `landed`', async () => {
    const node = await fakeNode()
    const wallet = walletFromSeed('1', 'carol')
    node.chain.fund(wallet.address, 10n ** 7n)
    const sender = senderOf(bench.client(node), wallet)
    const first = await sender.send([pay(1n, wallet.address)])
    node.chain.fund(wallet.address, 1n)
    node.mine()
    await first.landed
    const error = await failureOf(sender.send([pay(10n ** 7n, wallet.address)]))
    expect(error).toMatchObject({ kind: 'refused', codespace: 'sdk', code: 5, message: 'insufficient funds' })
  })

  it('says what an account without coins needs, and what is wrong with an empty transaction', async () => {
    const node = await fakeNode()
    const sender = senderOf(bench.client(node), bob)
    expect(await failureOf(sender.send([pay(1n, bob.address)]))).toMatchObject({ kind: 'refused', code: 9 })
    expect((await failureOf(sender.send([]))).message).toMatch(/at least one message/)
    node.chain.fund(bob.address, FUNDS)
    await sender.send([pay(1n, bob.address)])
  })

  it('gives `landed` up when the last block for the transaction has passed', async () => {
    const node = await fakeNode()
    const sender = createSender({ client: bench.client(node), wallet: alice, timeoutBlocks: 2n })
    const { landed } = await sender.send([pay(1n)])
    node.chain.flush()
    for (let i = 0; i < 4; i++) node.mine()
    expect((await failureOf(landed)).message).toMatch(/stands in no block up to its last, 3/)
    const again = await sender.send([pay(2n)])
    node.mine()
    await again.landed
    expect(node.chain.account(bob.address)?.balance).toBe(2n)
  })

  it('asks for the height again when the one it knows is too old', async () => {
    const node = await fakeNode()
    const client = bench.client(node)
    const sender = createSender({ client: { ...client, seenHeight: () => 1n }, wallet: alice, timeoutBlocks: 2n })
    await sender.send([pay(1n)])
    for (let i = 0; i < 9; i++) node.mine()
    const { landed } = await sender.send([pay(1n)])
    node.mine()
    expect((await landed).height).toBe(11n)
  })
})
