import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { GetCalibrationResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { expect, it } from 'vitest'
import { formatCalibration } from './formatCalibration.ts'
import { viewCalibration } from './viewCalibration.ts'

const format = (response: MessageInitShape<typeof GetCalibrationResponseSchema>): string | undefined =>
  formatCalibration(viewCalibration(create(GetCalibrationResponseSchema, response)))

it('shows coverage, the guess to beat and the edge', () => {
  const shown = format({
    epochs: 4n,
    levels: [{ level: 0.8, epochs: 4n, hits: 3n, meanWidth: 0.25 }],
    baseline: { name: 'last truth', epochs: 3n, meanLoss: 2, networkMeanLoss: 0.5 },
    edge: { shown: true, eValue: 21.44, n: 3n },
  })
  expect(shown).toBe(`LEVEL  COVERAGE  EPOCHS  HITS  MEAN WIDTH
  0.8      0.75       4     3        0.25
baseline: last truth, mean loss 2, the network's 0.5 over the last 3 settled epochs
edge: shown (e-value 21.4 over 3 epochs)
`)
})

it('shows the tenths of an event that have answers', () => {
  const bins = [
    { lower: 0, upper: 0.1, n: 0n },
    { lower: 0.1, upper: 0.2, n: 4n, meanProbability: 0.125, frequency: 0.25 },
  ]
  const baseline = { name: 'running frequency', epochs: 1n, meanLoss: 2 }
  const lines = format({ epochs: 4n, bins, baseline })?.split('\n')
  expect(lines?.[1]?.trim().split(/ +/)).toEqual(['0.1', '0.2', '4', '0.125', '0.25'])
  expect(lines?.slice(2)).toEqual([
    '4 settled answers by their probability',
    'baseline: running frequency, mean loss 2 over the last 1 settled epoch',
    '',
  ])
})

it('shows nothing of topics whose rules keep none of it', () => {
  expect(format({ nonce: 9n })).toBeUndefined()
  expect(viewCalibration(create(GetCalibrationResponseSchema, { levels: [{ level: 0.5 }] })).levels).toEqual([
    { level: 0.5, coverage: null, epochs: 0, hits: 0, meanWidth: null },
  ])
})
