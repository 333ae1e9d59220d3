import { create } from '@bufbuild/protobuf'
import { ClassSharesSchema, ContributionSchema, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { describe, expect, it } from 'vitest'
import { labelPolicy, makeRecord, squaredPolicy } from '../testing/makeRecord.ts'
import { addRecord, emptyTally } from './topicTally.ts'

describe('a tally', () => {
  it('sums the raw losses of the network, the plain mean, the median and each worker', () => {
    const tally = emptyTally(squaredPolicy)
    addRecord(tally, makeRecord(squaredPolicy, 5n, 10, { a: [10], b: [12], c: [17] }, { combined: [11] }))
    addRecord(
      tally,
      makeRecord(squaredPolicy, 10n, 10, { a: [9], b: [11] }, { combined: [10], rewards: { a: 7n, r: 2n } }),
    )
    expect(tally).toMatchObject({ epochs: 2, after: 10n, loss: { network: 1, mean: 9, median: 4 } })
    expect(tally.workers.get('a')).toMatchObject({ epochs: 2, loss: 1, networkLoss: 1, reward: 7n })
    expect(tally.workers.get('a')?.last).toEqual({ loss: 1, weight: 0.5, skill: null, share: null, reward: 7n })
    expect(tally.workers.get('c')).toMatchObject({ epochs: 1, loss: 49, networkLoss: 1, last: undefined })
    expect(tally.reputers.get('r')).toMatchObject({ epochs: 2, reward: 2n })
  })

  it('VT-6 sums what contribution pay found, and what there was for workers', () => {
    const tally = emptyTally(squaredPolicy)
    const record = makeRecord(squaredPolicy, 5n, 10, { a: [10], b: [12] }, { combined: [11], rewards: { a: 60n } })
    const share = { address: 'a', skill: 0.25, weight: 1, share: 1 }
    const contribution = create(ContributionSchema, { inferers: [share], bound: 1 })
    const split = create(ClassSharesSchema, { inferers: 0.6, forecasters: 0.15, reputers: 0.25 })
    const paid = { pot: '100', split, contribution }
    const epoch = create(EpochRecordSchema, { ...record, ...paid })
    addRecord(tally, epoch)
    addRecord(tally, create(EpochRecordSchema, { ...epoch, nonce: 10n }))
    expect(tally.workerPot).toBe(120)
    expect(tally.workers.get('a')).toMatchObject({
      contribution: { epochs: 2, skill: 0.5, share: 2 },
      last: { skill: 0.25, share: 1 },
    })
    expect(tally.workers.get('b')?.last).toMatchObject({ skill: null, share: null })
  })

  it('takes the median of labels output by output and divides by the sum', () => {
    const tally = emptyTally(labelPolicy)
    const values = { a: [0.6, 0.2, 0.2], b: [0.2, 0.6, 0.2], c: [0.2, 0.2, 0.6] }
    addRecord(tally, makeRecord(labelPolicy, 5n, 'up', values, { combined: [0.3, 0.3, 0.4] }))
    expect(tally.loss.median).toBeCloseTo(-Math.log(1 / 3), 12)
    expect(tally.loss.network).toBeCloseTo(-Math.log(0.4), 12)
  })

  it('counts void and contested epochs for nothing', () => {
    const tally = emptyTally(squaredPolicy)
    addRecord(tally, create(EpochRecordSchema, { nonce: 5n, status: 'contested' }))
    expect(tally).toMatchObject({ epochs: 0, after: 5n, newest: undefined })
  })
})
