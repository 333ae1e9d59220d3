import { create } from '@bufbuild/protobuf'
import { GetHistoryResponseSchema, GetTallyResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { toMeanWeights, toWeights } from './weights.ts'

const history = (shares: Readonly<Record<string, number[]>>, statuses: string[]) =>
  create(GetHistoryResponseSchema, {
    nonces: statuses.map((_, i) => BigInt(5 * (i + 1))),
    statuses,
    shares: Object.entries(shares).map(([address, values]) => ({ address, values })),
  })

it('has a line a worker, the weightiest first, 0 where one was absent', () => {
  const three = ['settled', 'settled', 'void']
  const { at, lines } = toWeights(history({ a: [0.25, 0, 0], b: [0.75, 1, 0], c: [0, 0, 0] }, three))
  expect(at).toEqual([5, 10])
  expect(lines).toEqual([
    { name: 'b', values: [0.75, 1] },
    { name: 'a', values: [0.25, 0] },
  ])
})

it('sums up those beyond seven, so that all together is the whole', () => {
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`w${i}`, [(10 - i) / 55]]))
  const { lines } = toWeights(history(many, ['settled']))
  expect(lines.map(({ name }) => name)).toEqual([...Array.from({ length: 7 }, (_, i) => `w${i}`), '3 others'])
  expect(lines.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)).toBeCloseTo(1, 12)
})

it('has means over the settled epochs of each part, and leaves out those without any', () => {
  const part = (until: number, epochs: bigint, shares: Readonly<Record<string, number>>) => ({
    until,
    tally: create(GetTallyResponseSchema, {
      epochs,
      shares: Object.entries(shares).map(([address, value]) => ({ address, value })),
    }),
  })
  const { at, lines } = toMeanWeights([part(9, 2n, { a: 0.5, b: 1.5 }), part(19, 0n, {}), part(29, 4n, { b: 4 })])
  expect(at).toEqual([9, 29])
  expect(lines).toEqual([
    { name: 'b', values: [0.75, 1] },
    { name: 'a', values: [0.25, 0] },
  ])
})

it('is empty where nothing has settled', () => {
  expect(toWeights(history({}, []))).toEqual({ axis: 'epoch', at: [], lines: [] })
  expect(toMeanWeights([])).toEqual({ axis: 'epoch', at: [], lines: [] })
})
