import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBlockSigner } from './blockSigner.ts'
import { createLocalEngine, type LocalEngine } from './localEngine.ts'
import { openBlockStore } from './openBlockStore.ts'
import { createKvApplication, emptyDisk, type KvDisk } from './testing/kvApplication.ts'

const chainId = 'c'
const signer = createBlockSigner(new Uint8Array(32).fill(1))

describe.each(['memory', 'LMDB'])('a block store in %s', (kind) => {
  let directory = ''
  let engine: LocalEngine
  const open = (disk: KvDisk): LocalEngine =>
    createLocalEngine({
      application: createKvApplication(disk),
      blockStore: openBlockStore(kind === 'memory' ? { chainId } : { chainId, directory }),
      chainId,
      genesis: { appState: {} },
      clock: () => 1n,
      signer,
    })
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'starling-blocks-'))
    engine = open(emptyDisk())
  })
  afterEach(() => {
    engine.close()
    rmSync(directory, { recursive: true })
  })

  it('saves, reads and indexes blocks', () => {
    const { hash } = engine.submitTx(new Uint8Array(Buffer.from('A/1/x=1')))
    const block = engine.mine()
    const { store } = engine
    expect(store.block(1n)).toEqual(block)
    expect(store.block(2n)).toBeUndefined()
    expect(store.heightOfBlock(block.hash)).toBe(1n)
    expect(store.tx(hash.toLowerCase())?.height).toBe(1n)
    expect(store.locationsWithValue('message.sender', 'A', { from: 1n, to: 1n })).toEqual([{ height: 1n, index: 0 }])
  })

  it('refuses a height out of order and a block of another chain', () => {
    const block = engine.mine()
    expect(() => engine.store.saveBlock(block)).toThrow(/2 comes next/)
    const foreign = { ...block, header: { ...block.header, chainId: 'd', height: 2n } }
    expect(() => engine.store.saveBlock(foreign)).toThrow(/of chain "d"/)
    expect(engine.store.height()).toBe(1n)
  })

  it.runIf(kind === 'LMDB')('opens again where it was, brings a lost application back, refuses another chain', () => {
    engine.submitTx(new Uint8Array(Buffer.from('A/1/x=1')))
    const { appHash } = engine.mine().results
    engine.close()
    expect(() => openBlockStore({ chainId: 'd', directory })).toThrow(/holds chain "c"/)
    engine = open(emptyDisk())
    expect(engine.status()).toMatchObject({ height: 1n, appHash })
    expect(engine.mine().header.height).toBe(2n)
  })
})
