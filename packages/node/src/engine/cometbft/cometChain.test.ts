import { beforeEach, describe, expect, it } from 'vitest'
import type { BlockStore } from '../local/blockStore.ts'
import { openBlockStore } from '../local/openBlockStore.ts'
import { createKvApplication, emptyDisk, type KvApplication, type KvDisk } from '../local/testing/kvApplication.ts'
import { txHash } from '../local/txHash.ts'
import type { DecidedBlock } from './abciHandler.ts'
import { type CometChain, createCometChain } from './cometChain.ts'
import { decide } from './testing/decide.ts'

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

describe('the chain under CometBFT', () => {
  let disk: KvDisk
  let application: KvApplication
  let store: BlockStore
  let chain: CometChain
  const open = (): void => {
    application = createKvApplication(disk)
    chain = createCometChain(store, async () => ({ hash: 'AB', code: 0, codespace: '', log: '' }), application.info())
  }
  const play = (height: bigint, ...txs: readonly string[]): DecidedBlock => {
    const block = decide(application, height, ...txs)
    chain.keep(block)
    application.commit()
    return block
  }
  beforeEach(() => {
    disk = emptyDisk()
    store = openBlockStore({ chainId: 'c' })
    open()
  })

  it('keeps blocks and finds their transactions', () => {
    expect(chain.status()).toMatchObject({ chainId: 'c', height: 0n, timeMs: 0n, halted: undefined })
    const first = play(1n, 'A/1/x=1', 'A/2/bad=1')
    const second = play(2n)
    expect(chain.status()).toEqual({
      chainId: 'c',
      height: 2n,
      appHash: second.results.appHash,
      timeMs: 2000n,
      halted: undefined,
    })
    expect(store.block(1n)).toMatchObject({ hash: first.hash, txs: first.txs, results: first.results })
    expect(store.tx(txHash(utf8('A/2/bad=1')))).toMatchObject({ height: 1n, index: 1, result: { code: 7 } })
    expect(store.summary(2n)?.header).toMatchObject({
      lastBlockId: { hash: first.hash },
      appHash: first.results.appHash,
      lastResultsHash: store.summary(1n)?.resultsHash,
    })
  })

  it('tells subscribers of each block once, also of one that CometBFT sends again after a crash', async () => {
    const block = play(1n)
    disk.height = 0n
    open()
    const blocks = chain.events.subscribe(`tm.event='NewBlock'`)
    chain.keep(block)
    play(2n)
    expect(await blocks.next()).toMatchObject({ kind: 'event', event: { block: { header: { height: 2n } } } })
    chain.close()
    expect((await blocks.next()).kind).toBe('cancelled')
  })

  it('stands where its application does, not where its blocks end', () => {
    play(1n)
    const before = chain.status()
    chain.keep(decide(application, 2n, 'A/1/x=1'))
    open()
    expect(chain.status()).toEqual(before)
    expect(store.height()).toBe(2n)
    play(2n, 'A/1/x=1')
    expect(chain.status()).toMatchObject({ height: 2n, appHash: disk.appHash, timeMs: 2000n })
  })

  it('F16 refuses a block that gives another app hash than it gave before', () => {
    const block = play(1n)
    const other = { ...block, results: { ...block.results, appHash: utf8('other') } }
    expect(() => chain.keep(other)).toThrow(/Block 1 gives the app hash 6F74686572, but gave [0-9A-F]{64} before/)
  })

  it('refuses the block of another chain that began with the same genesis, though it gives the same app hash', () => {
    const block = play(1n)
    expect(() => chain.keep({ ...block, hash: utf8('other') })).toThrow(
      /Block 1 is 6F74686572, but was [0-9A-F]{64} before.*"blocks"/,
    )
  })

  it('hands transactions to CometBFT, until it is halted', async () => {
    expect(await chain.submitTx(utf8('A/1/x=1'))).toEqual({ hash: 'AB', code: 0, codespace: '', log: '' })
    chain.halt(new Error('the disk is gone.'))
    chain.halt(new Error('the second fault.'))
    expect(() => chain.submitTx(utf8('A/1/x=1'))).toThrow('a request of CometBFT failed: the disk is gone.')
    expect(chain.status().halted?.message).toContain('the disk is gone.')
  })
})
