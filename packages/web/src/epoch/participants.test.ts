import { makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { expect, it } from 'vitest'
import { listForecasters, listReporters, listWorkers } from './participants.ts'

const record = makeRecord(
  squaredPolicy,
  5n,
  10,
  { a: [10], b: [12] },
  { combined: [11], rewards: { a: 7n, r: 12_345_678_901_234_567_890n } },
)
record.inferences = record.network?.inferers ?? []
for (const report of record.reports) report.value = 10

it('gathers what a record says of each worker, and nothing where it says nothing', () => {
  const [a, b] = listWorkers(record)
  expect(a).toMatchObject({ address: 'a', values: [10], loss: 0, weight: 0.5, paid: 7n })
  expect(b).toMatchObject({ address: 'b', values: [12], loss: 4, paid: 0n, without: undefined, fraction: undefined })
  expect(listForecasters(record)).toEqual([])
})

it('shows reputers with their reports and exact coins', () => {
  expect(listReporters(record)).toMatchObject([{ address: 'r', report: 10, paid: 12_345_678_901_234_567_890n }])
})
