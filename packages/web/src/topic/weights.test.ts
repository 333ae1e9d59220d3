import { create } from '@bufbuild/protobuf'
import { AttributedSchema, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { expect, it } from 'vitest'
import { toWeights } from './weights.ts'

function record(nonce: bigint, weights: Readonly<Record<string, number>>, status = 'settled') {
  const attributed = Object.entries(weights).map(([address, value]) => create(AttributedSchema, { address, value }))
  return create(EpochRecordSchema, { nonce, status, network: { weights: attributed } })
}

it('has a line a worker, the weightiest first, 0 where one was absent', () => {
  const { at, lines } = toWeights([record(5n, { a: 0.25, b: 0.75 }), record(10n, { b: 1 }), record(15n, {}, 'void')])
  expect(at).toEqual([5, 10])
  expect(lines).toEqual([
    { name: 'b', values: [0.75, 1] },
    { name: 'a', values: [0.25, 0] },
  ])
})

it('sums up those beyond seven, so that all together is the whole', () => {
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`w${i}`, (10 - i) / 55]))
  const { lines } = toWeights([record(5n, many)])
  expect(lines.map(({ name }) => name)).toEqual([...Array.from({ length: 7 }, (_, i) => `w${i}`), '3 others'])
  expect(lines.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)).toBeCloseTo(1, 12)
})

it('is empty where nothing has settled', () => {
  expect(toWeights([])).toEqual({ axis: 'epoch', at: [], lines: [] })
})
