import { create } from '@bufbuild/protobuf'
import { EpochLossesSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { summariseLosses } from './lossSummary.ts'

const epoch = (combined: number, naive: number, inferers: Readonly<Record<string, number>>) =>
  create(EpochLossesSchema, {
    combined,
    naive,
    inferers: Object.entries(inferers).map(([address, value]) => ({ address, value })),
  })

it('compares the network with the plain mean and with the best worker that was mostly there', () => {
  const epochs = [
    ...Array.from({ length: 9 }, () => epoch(1, 2, { steady: 3, worse: 4 })),
    epoch(11, 12, { lucky: 0, worse: 4 }),
  ]
  expect(summariseLosses(epochs)).toEqual({
    epochs: 10,
    network: 2,
    naive: 3,
    best: { address: 'steady', loss: 3, network: 1 },
  })
})

it('has no best worker where none was mostly there, and says nothing of nothing', () => {
  expect(summariseLosses([epoch(1, 1, { a: 1 }), epoch(1, 1, { b: 1 })])?.best).toBeUndefined()
  expect(summariseLosses([])).toBeUndefined()
})
