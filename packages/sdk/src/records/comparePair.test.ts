import { create } from '@bufbuild/protobuf'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { describe, expect, it } from 'vitest'
import { makeRecord, squaredPolicy } from '../testing/makeRecord.ts'
import { comparePair } from './comparePair.ts'

const records = [
  makeRecord(squaredPolicy, 5n, 10, { a: [11], b: [13] }, { combined: [12] }),
  create(EpochRecordSchema, { nonce: 10n, status: 'void' }),
  makeRecord(squaredPolicy, 15n, 10, { a: [13], b: [11], c: [10] }, { combined: [10] }),
  makeRecord(squaredPolicy, 20n, 10, { a: [11], c: [14] }, { combined: [11] }),
]

describe('comparePair', () => {
  it('takes the settled epochs in which both were there', () => {
    expect(comparePair(squaredPolicy, records, ['a', 'b'])).toMatchObject({
      nonces: [5, 15],
      losses: [
        [1, 9],
        [9, 1],
      ],
      running: [
        [1, 5],
        [9, 5],
      ],
      mean: [5, 5],
      wins: 1,
      ties: 0,
      difference: { ratio: 0 },
      ratio: { ratio: 1 },
    })
  })

  it('knows the ways to answer by name', () => {
    const { mean, difference } = comparePair(squaredPolicy, records, ['network', 'mean'])
    expect(mean[0]).toBeCloseTo((4 + 0 + 1) / 3, 12)
    expect(mean[1]).toBeCloseTo((4 + (4 / 3) ** 2 + 2.5 ** 2) / 3, 12)
    expect(difference.ratio).toBeCloseTo((mean[0] ?? 0) - (mean[1] ?? 0), 12)
    expect(comparePair(squaredPolicy, records, ['median', 'median'])).toMatchObject({ wins: 0, ties: 3 })
  })

  it('has an interval about the difference that holds it, and nothing where nobody met', () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      makeRecord(squaredPolicy, BigInt(i + 1), 10, { a: [11], b: [12 + (i % 2)] }, { combined: [10] }),
    )
    const { ratio, lower, upper } = comparePair(squaredPolicy, many, ['a', 'b']).difference
    expect(ratio).toBe(1 - (4 + 9) / 2)
    expect(lower ?? Number.NaN).toBeLessThanOrEqual(-5.5)
    expect(upper ?? Number.NaN).toBeGreaterThanOrEqual(-5.5)
    expect(upper ?? Number.NaN).toBeLessThan(0)
    const nobody = comparePair(squaredPolicy, records, ['a', 'nobody'])
    expect(nobody).toMatchObject({
      nonces: [],
      mean: [null, null],
      difference: { ratio: null },
      ratio: { ratio: null },
    })
  })
})
