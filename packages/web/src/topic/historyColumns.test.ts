import { create } from '@bufbuild/protobuf'
import { GetHistoryResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { joinColumns, noColumns, placeOf, sliceColumns, toColumns } from './historyColumns.ts'

const of = (...values: number[]): Float64Array => Float64Array.from(values)
const nan = Number.NaN
const page = toColumns(
  create(GetHistoryResponseSchema, {
    nonces: [5n, 10n],
    statuses: ['settled', 'contested'],
    outputs: 2,
    answers: [0.25, 0.75, 0.5, 0.5],
    truths: [1, nan],
    losses: [2, nan],
    naiveLosses: [3, nan],
    intervals: [{ level: 0.8, lower: [1, 2], upper: [3, 4] }],
  }),
)
const empty = toColumns(
  create(GetHistoryResponseSchema, { nonces: [15n], statuses: ['void'], truths: [nan], losses: [nan] }),
)

it('keeps what a page says', () => {
  expect(page).toEqual({
    nonces: of(5, 10),
    statuses: ['settled', 'contested'],
    outputs: 2,
    answers: of(0.25, 0.75, 0.5, 0.5),
    truths: of(1, nan),
    losses: of(2, nan),
    naive: of(3, nan),
    intervals: [{ level: 0.8, lower: of(1, 2), upper: of(3, 4) }],
  })
})

it('joins pages; what one has no numbers of is NaN there', () => {
  const joined = joinColumns([page, empty])
  expect(joined.nonces).toEqual(of(5, 10, 15))
  expect(joined.answers).toEqual(of(0.25, 0.75, 0.5, 0.5, nan, nan))
  expect(joined.naive).toEqual(of(3, nan, nan))
  expect(joined.intervals).toEqual([{ level: 0.8, lower: of(1, 2, nan), upper: of(3, 4, nan) }])
  expect(joinColumns([])).toEqual(noColumns)
})

it('cuts a part out, and finds places', () => {
  const joined = joinColumns([page, empty])
  expect(sliceColumns(joined, 0, 2)).toEqual(page)
  expect(sliceColumns(joined, 1, 3).answers).toEqual(of(0.5, 0.5, nan, nan))
  expect([0, 5, 6, 10, 11, 15, 16].map((nonce) => placeOf(joined, nonce))).toEqual([0, 0, 1, 1, 2, 2, 3])
})
