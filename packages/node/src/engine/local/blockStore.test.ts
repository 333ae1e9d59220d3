import { expect, test } from 'vitest'
import { createBlockStore } from './blockStore.ts'
import { createLocalEngine } from './localEngine.ts'
import { createMemoryKv } from './memoryKv.ts'
import { createKvApplication, emptyDisk } from './testing/kvApplication.ts'

test('memory: saves, reads and indexes; refuses another chain and a wrong height', () => {
  const kv = createMemoryKv()
  const store = createBlockStore(kv, 'c')
  const application = createKvApplication(emptyDisk())
  const genesis = { appState: {} }
  const engine = createLocalEngine({ application, blockStore: store, chainId: 'c', genesis, clock: () => 1n })
  const { hash } = engine.submitTx(new Uint8Array(Buffer.from('A/1/x=1')))
  const block = engine.mine()
  expect(store.block(1n)).toEqual(block)
  expect(store.heightOfBlock(block.hash)).toBe(1n)
  expect(store.tx(hash.toLowerCase())?.height).toBe(1n)
  expect(store.locationsWithValue('message.sender', 'A', { from: 1n, to: 1n })).toEqual([{ height: 1n, index: 0 }])
  expect(() => store.saveBlock(block)).toThrow(/2 comes next/)
  const foreign = { ...block, header: { ...block.header, chainId: 'd', height: 2n } }
  expect(() => store.saveBlock(foreign)).toThrow(/of chain "d"/)
  expect(() => createBlockStore(kv, 'd')).toThrow(/holds chain "c"/)
})
