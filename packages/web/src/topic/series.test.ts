import { labelPolicy, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { expect, it } from 'vitest'
import { type HistoryColumns, noColumns } from './historyColumns.ts'
import { percentOf, toSeries } from './series.ts'

const of = (...values: number[]): Float64Array => Float64Array.from(values)
const columns: HistoryColumns = {
  ...noColumns,
  nonces: of(5, 10),
  statuses: ['settled', 'void'],
  outputs: 1,
  answers: of(11, Number.NaN),
  truths: of(10, Number.NaN),
  intervals: [
    { level: 0.5, lower: of(Number.NaN, Number.NaN), upper: of(Number.NaN, Number.NaN) },
    { level: 0.8, lower: of(Number.NaN, 8), upper: of(Number.NaN, 10) },
  ],
}

it('has a column for epochs, answers and truths, with a gap where nothing was answered or agreed on', () => {
  expect(toSeries(columns, { policy: squaredPolicy }, { output: 0 })).toEqual({
    axis: 'epoch',
    at: of(5, 10),
    lines: [
      { name: 'answer', values: of(11, Number.NaN) },
      { name: 'truth', values: of(10, Number.NaN) },
    ],
  })
})

it('of labels says whether the one that is shown came true', () => {
  const labelled = { ...columns, outputs: 3, answers: of(0.2, 0.3, 0.5, 0.1, 0.1, 0.8), truths: of(2, Number.NaN) }
  const valuesOf = (output: number): unknown =>
    toSeries(labelled, { policy: labelPolicy }, { output }).lines.map(({ values }) => values)
  expect(valuesOf(2)).toEqual([of(0.5, 0.8), of(1, Number.NaN)])
  expect(valuesOf(0)).toEqual([of(0.2, 0.1), of(0, Number.NaN)])
})

it('has the interval of the level that is asked for, where some answer had one', () => {
  const bandsAt = (level?: number): unknown =>
    toSeries(columns, { policy: squaredPolicy }, { output: 0, ...(level === undefined ? {} : { level }) }).bands
  expect(bandsAt(0.8)).toEqual([{ name: '80 % interval', low: of(Number.NaN, 8), high: of(Number.NaN, 10) }])
  expect(bandsAt(0.5)).toBeUndefined()
  expect(bandsAt(0.95)).toBeUndefined()
  expect(bandsAt()).toBeUndefined()
})

it('writes levels for people', () => {
  expect([0.5, 0.95, 0.999].map(percentOf)).toEqual(['50 %', '95 %', '99.9 %'])
})
