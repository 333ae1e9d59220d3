import { expect, test } from 'vitest'
import { createLocalEngine } from '../localEngine.ts'
import { openBlockStore } from '../openBlockStore.ts'
import { createKvApplication, emptyDisk } from '../testing/kvApplication.ts'
import { txSearch } from './txSearch.ts'

const blockStore = openBlockStore({ chainId: 'c' })
const application = createKvApplication(emptyDisk())
const engine = createLocalEngine({ application, blockStore, chainId: 'c', genesis: { appState: {} }, clock: () => 1n })
for (let height = 1; height <= 12; height += 1) {
  engine.submitTx(new Uint8Array(Buffer.from(`A/${height}/k=v${height}`)))
  engine.mine()
}

test.each([
  ['tx.height=5', 1],
  ['tx.height>5', 7],
  ["message.sender='A' AND tx.height<3", 2],
  ["set.value CONTAINS 'v1'", 4],
  ['set.value EXISTS', 12],
  ['message.note EXISTS', 0],
])('%s finds %i', (query, count) => {
  expect(txSearch(blockStore, { query }).totalCount).toBe(count)
})

test('pages are in chain order, or newest first with desc', () => {
  const heights = (page: number, order: 'asc' | 'desc') =>
    txSearch(blockStore, { query: 'tx.height>0', page, perPage: 5, order }).txs.map(({ height }) => height)
  expect(heights(3, 'asc')).toEqual([11n, 12n])
  expect(heights(3, 'desc')).toEqual([2n, 1n])
  expect(() => heights(4, 'asc')).toThrow(/within 1 to 3/)
})
