import { Data } from 'cosmjs-types/tendermint/types/types'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fittingTxs } from './fittingTxs.ts'

it('takes the longest beginning that fits as protobuf', () => {
  const lists = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 })
  fc.assert(
    fc.property(lists, fc.integer({ min: 0, max: 3000 }), (txs, maxBytes) => {
      const size = (count: number): number => Data.encode({ txs: txs.slice(0, count) }).finish().length
      const fitting = fittingTxs(txs, maxBytes)
      expect(fitting).toEqual(txs.slice(0, fitting.length))
      expect(size(fitting.length)).toBeLessThanOrEqual(maxBytes)
      if (fitting.length < txs.length) expect(size(fitting.length + 1)).toBeGreaterThan(maxBytes)
    }),
  )
})
