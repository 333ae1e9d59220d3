import { toHex } from '@starling/protocol/bytes/hex'
import { expect, it } from 'vitest'
import { openMemoryStore } from '../store/openMemoryStore.ts'
import { createApplication } from './createApplication.ts'
import { storeNames } from './storeNames.ts'
import { createDice, shuffled } from './testing/dice.ts'
import { CHAIN_ID, openTestChain, testActor } from './testing/testChain.ts'

const [alice, bob] = [testActor('alice'), testActor('bob')]
const pay = {
  typeUrl: '/cosmos.bank.v1beta1.MsgSend' as const,
  value: { fromAddress: alice.address, toAddress: bob.address, amount: [{ denom: 'uallo', amount: '7' }] },
}

it('DET-16 gas is counted, not measured: the same on a new node and on one that has run for a while', () => {
  const [fresh, warm] = [openTestChain([alice, bob]), openTestChain([alice, bob])]
  const tx = fresh.sign(alice, [pay])
  for (let i = 0; i < 30; i++) warm.application.checkTx(tx, 'new')
  for (let i = 0; i < 20; i++) warm.block()
  const [one, two] = [fresh, warm].map((chain) => chain.block(tx).txResults[0])
  expect(one).toMatchObject({ code: 0 })
  expect(two?.gasUsed).toBe(one?.gasUsed)
})

it('DET-24 what a node does for itself does not enter the state: order of stores, checks, queries, proposals', () => {
  const source = openTestChain([alice, bob])
  const txs = Array.from({ length: 12 }, (_, i) => source.sign(alice, [pay], { sequence: BigInt(i) }))
  const expected = txs.map((tx) => toHex(source.block(tx).appHash))
  for (const seed of [1, 2, 3]) {
    const roll = createDice(seed)
    const node = createApplication({ stores: openMemoryStore(shuffled(storeNames, roll)), chainId: CHAIN_ID })
    node.initChain({ chainId: CHAIN_ID, appState: source.genesis })
    const hashes = txs.map((tx, i) => {
      const block = { height: BigInt(i + 1), timeMs: BigInt(i + 1) * 1000n, txs: [tx] }
      for (const other of shuffled(txs, roll).slice(0, roll(4))) node.checkTx(other, 'new')
      node.query({ path: '/store/bank/key', data: Uint8Array.of(roll(256)), height: 0n, prove: false })
      node.prepareProposal({ ...block, maxBytes: roll(5000) })
      const { appHash } = node.finalizeBlock(block)
      node.commit()
      return toHex(appHash)
    })
    expect(hashes).toEqual(expected)
  }
})

it('DET-15 DET-18 a fault of the machine stops the node: it becomes no result of a transaction', () => {
  const stores = openMemoryStore(storeNames)
  const chain = openTestChain([alice, bob], 10n ** 18n, {}, stores)
  const tx = chain.sign(alice, [pay])
  const broken = () => {
    throw new Error('the disk is gone')
  }
  const fork = stores.fork()
  const failing = {
    ...stores,
    fork: () => ({ ...fork, fork: broken, store: broken, apply: broken, discard: () => {} }),
  }
  const application = createApplication({ stores: failing, chainId: CHAIN_ID })
  expect(() => application.finalizeBlock({ height: 1n, timeMs: 1000n, txs: [tx] })).toThrow('the disk is gone')
  expect(stores.latest().version).toBe(0n)
})
