import { labelPolicy, makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { expect, it } from 'vitest'
import { toSeries } from './series.ts'

const facts = { id: 1n, name: 'x', outputs: [], epochLength: 5n, parameters: [] }

const columns = (...given: Parameters<typeof toSeries>): unknown => {
  const { at, lines } = toSeries(...given)
  return [at, ...lines.map(({ values }) => values)]
}

it('has a column for epochs, answers and truths', () => {
  const records = [
    makeRecord(squaredPolicy, 5n, 10, { a: [10], b: [12] }, { combined: [11] }),
    makeRecord(squaredPolicy, 10n, 7, { a: [9] }, { combined: [9] }),
  ]
  expect(columns(records, { ...facts, policy: squaredPolicy }, 0)).toEqual([
    [5, 10],
    [11, 9],
    [10, 7],
  ])
})

it('of labels says whether the one that is shown came true', () => {
  const records = [makeRecord(labelPolicy, 5n, 'up', { a: [0.2, 0.3, 0.5] }, { combined: [0.2, 0.3, 0.5] })]
  const policy = labelPolicy
  expect(columns(records, { ...facts, policy }, 2)).toEqual([[5], [0.5], [1]])
  expect(columns(records, { ...facts, policy }, 0)).toEqual([[5], [0.2], [0]])
})

it('has a gap where nothing was answered or agreed on', () => {
  const {
    network: _network,
    truth: _truth,
    ...rest
  } = makeRecord(squaredPolicy, 5n, 10, { a: [10] }, { combined: [11] })
  expect(columns([rest], { ...facts, policy: squaredPolicy }, 0)).toEqual([[5], [null], [null]])
})
