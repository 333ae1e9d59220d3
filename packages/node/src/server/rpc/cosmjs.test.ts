import { DirectSecp256k1Wallet } from '@cosmjs/proto-signing'
import { GasPrice, SigningStargateClient, StargateClient } from '@cosmjs/stargate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testActor } from '../../app/testing/testChain.ts'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'

const alice = testActor('alice')
const bob = testActor('bob')
let node: TestNode
let client: StargateClient

beforeAll(async () => {
  node = await startTestNode([alice, bob])
  node.engine.mine()
  client = await StargateClient.connect(node.rpcUrl)
})
afterAll(async () => {
  client.disconnect()
  await node.close()
})

test('SPEC wire 3.6 StargateClient reads chain, height, block, balances and accounts', async () => {
  expect(await client.getChainId()).toBe('starling-test-1')
  expect(await client.getHeight()).toBe(Number(node.engine.store.height()))
  expect(await client.getBlock(1)).toMatchObject({ header: { height: 1, chainId: 'starling-test-1' }, txs: [] })
  expect(await client.getBalance(alice.address, 'uallo')).toEqual({ denom: 'uallo', amount: '1000000000000000000' })
  expect(await client.getAllBalances(bob.address)).toHaveLength(1)
  expect(await client.getAccount(alice.address)).toMatchObject({
    address: alice.address,
    accountNumber: 0n,
    sequence: 0,
  })
  expect(await client.getAccount(testActor('nobody').address)).toBeNull()
})

test('SPEC wire 3.6 StargateClient broadcasts, and finds the transaction by hash and by query', async () => {
  const hash = await client.broadcastTxSync(node.pay(alice, bob, 0n))
  const { height } = node.engine.mine().header
  expect(await client.getTx(hash)).toMatchObject({ hash, height: Number(height), code: 0, txIndex: 0 })
  expect(await client.getTx('AB'.repeat(32))).toBeNull()
  expect(await client.searchTx([{ key: 'message.sender', value: alice.address }])).toHaveLength(1)
  await expect(client.broadcastTxSync(node.pay(alice, bob, 9n))).rejects.toThrow(
    /account sequence mismatch, expected 1, got 9/,
  )
})

test('SPEC wire 3.6 SigningStargateClient simulates, signs, broadcasts and waits for the block', async () => {
  const wallet = await DirectSecp256k1Wallet.fromKey(alice.privateKey, 'allo')
  const options = { gasPrice: GasPrice.fromString('10uallo'), broadcastPollIntervalMs: 5 }
  const signer = await SigningStargateClient.connectWithSigner(node.rpcUrl, wallet, options)
  node.engine.start({ blockTimeMs: 5 })
  const amount = [{ denom: 'uallo', amount: '7' }]
  const sent = await signer.sendTokens(alice.address, bob.address, amount, 'auto', 'by cosmjs')
  node.engine.stop()
  signer.disconnect()
  expect(sent).toMatchObject({ code: 0, gasUsed: expect.any(BigInt) })
  expect(sent.gasWanted).toBeGreaterThan(sent.gasUsed)
  expect((await client.getTx(sent.transactionHash))?.height).toBe(sent.height)
})
