import { create } from '@bufbuild/protobuf'
import { AnswerSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { labelPolicy, makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { expect, it } from 'vitest'
import { levelsOf, percentOf, toSeries } from './series.ts'

const facts = { id: 1n, name: 'x', outputs: [], epochLength: 5n, parameters: [], policy: squaredPolicy }
const columns = (...given: Parameters<typeof toSeries>): unknown => {
  const { at, lines } = toSeries(...given)
  return [at, ...lines.map(({ values }) => values)]
}
const records = [
  makeRecord(squaredPolicy, 5n, 10, { a: [10], b: [12] }, { combined: [11] }),
  makeRecord(squaredPolicy, 10n, 7, { a: [9] }, { combined: [9] }),
]

it('has a column for epochs, answers and truths', () => {
  expect(columns(records, facts, { output: 0 })).toEqual([
    [5, 10],
    [11, 9],
    [10, 7],
  ])
})

it('of labels says whether the one that is shown came true', () => {
  const labelled = [makeRecord(labelPolicy, 5n, 'up', { a: [0.2, 0.3, 0.5] }, { combined: [0.2, 0.3, 0.5] })]
  const policy = labelPolicy
  expect(columns(labelled, { ...facts, policy }, { output: 2 })).toEqual([[5], [0.5], [1]])
  expect(columns(labelled, { ...facts, policy }, { output: 0 })).toEqual([[5], [0.2], [0]])
})

it('has a gap where nothing was answered or agreed on', () => {
  const {
    network: _network,
    truth: _truth,
    ...rest
  } = makeRecord(squaredPolicy, 5n, 10, { a: [10] }, { combined: [11] })
  expect(columns([rest], facts, { output: 0 })).toEqual([[5], [null], [null]])
})

const around = (nonce: bigint, lower: number, upper: number) =>
  create(AnswerSchema, { nonce, intervals: [{ level: 0.8, lower, upper }] })

it('has the interval of the level that is asked for, where the answer had one', () => {
  const answers = [around(10n, 8, 10), around(15n, 0, 1)]
  expect(toSeries(records, facts, { output: 0, answers, level: 0.8 }).bands).toEqual([
    { name: '80 % interval', low: [null, 8], high: [null, 10] },
  ])
  expect(toSeries(records, facts, { output: 0, answers, level: 0.5 }).bands).toBeUndefined()
  expect(toSeries(records, facts, { output: 0, answers }).bands).toBeUndefined()
})

it('knows the levels that answers have', () => {
  const two = create(AnswerSchema, { intervals: [{ level: 0.95 }, { level: 0.5 }] })
  expect(levelsOf([around(5n, 0, 1), two])).toEqual([0.5, 0.8, 0.95])
  expect(levelsOf([])).toEqual([])
  expect([0.5, 0.95, 0.999].map(percentOf)).toEqual(['50 %', '95 %', '99.9 %'])
})
