import { expect, test } from 'vitest'
import { createMempool, type MempoolOptions } from './mempool.ts'
import { createKvApplication, emptyDisk } from './testing/kvApplication.ts'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

function pool(options: Omit<MempoolOptions, 'checkTx'>, ...txs: readonly string[]) {
  const disk = emptyDisk()
  const mempool = createMempool({ checkTx: createKvApplication(disk).checkTx, ...options })
  for (const tx of txs) mempool.add(bytes(tx))
  const reaped = (limit = 1000): readonly string[] => mempool.reap(limit).map((tx) => Buffer.from(tx).toString())
  return { disk, mempool, reaped }
}

test('arrival order keeps places but follows the sequences of each sender', () => {
  expect(pool({}, 'B/2/x=1', 'A/1/y=1', 'B/1/z=1').reaped()).toEqual(['B/1/z=1', 'A/1/y=1', 'B/2/x=1'])
})

test('sender order does not depend on arrival', () => {
  const sorted = ['A/1/y=1', 'B/1/z=1', 'B/2/x=1']
  expect(pool({ order: 'sender' }, 'B/2/x=1', 'A/1/y=1', 'B/1/z=1').reaped()).toEqual(sorted)
})

test('what does not fit holds back everything later of its sender', () => {
  expect(pool({}, 'A/1/x=1234567', 'A/2/y=1', 'B/1/z=1').reaped(8)).toEqual(['B/1/z=1'])
})

test('ADV-11 count, bytes, transaction size and duplicates are bounded', () => {
  expect(() => pool({ maxCount: 1 }, 'A/1/x=1', 'A/2/x=1')).toThrow(/mempool is full/)
  expect(() => pool({ maxBytes: 10 }, 'A/1/x=1', 'A/2/x=1')).toThrow(/mempool is full/)
  expect(() => pool({ maxTxBytes: 6 }, 'A/1/x=1')).toThrow(/too large/)
  expect(() => pool({}, 'A/1/x=1', 'A/1/x=1')).toThrow(/already exists in cache/)
})

test('a block removes its transactions, and a recheck drops what became invalid', () => {
  const { disk, mempool, reaped } = pool({}, 'A/1/x=1', 'B/1/x=1', 'C/1/y=1')
  disk.values.set('x', '1')
  mempool.update([{ tx: bytes('A/1/x=1'), code: 0 }])
  expect(reaped()).toEqual(['C/1/y=1'])
  expect([mempool.count(), mempool.bytes()]).toEqual([1, 7])
  expect(() => mempool.add(bytes('A/1/x=1'))).toThrow(/already exists/)
})
