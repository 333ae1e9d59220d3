import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { AnswerSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { expect, it } from 'vitest'
import { type Assurance, assuranceLines, assuranceOf } from './assurance.ts'

const read = (answer: MessageInitShape<typeof AnswerSchema>): Assurance => assuranceOf(create(AnswerSchema, answer))

it('VT-7 VT-8 an answer tells its intervals, how often they held, and its edge', () => {
  const asked = read({
    intervals: [
      { level: 0.5, lower: 2, upper: 2.25, coverage: { epochs: 240n, hits: 120n, width: 60 } },
      { level: 0.8, lower: 1.9, upper: 2.4, coverage: { epochs: 240n, hits: 195n, width: 100 } },
    ],
    edge: { shown: true, eValue: 57.04, n: 240n },
  })
  expect(asked).toEqual({
    intervals: [
      { level: 0.5, lower: 2, upper: 2.25, coverage: 0.5, epochs: 240 },
      { level: 0.8, lower: 1.9, upper: 2.4, coverage: 0.8125, epochs: 240 },
    ],
    edge: { shown: true, eValue: 57.04, n: 240 },
  })
  expect(assuranceLines(asked)).toEqual([
    '50 % interval 2 … 2.25 (held 50 % of 240 answers)',
    '80 % interval 1.9 … 2.4 (held 81.3 % of 240 answers)',
    'edge: shown (e-value 57 over 240 epochs)',
  ])
})

it('VT-7 an answer of labels tells its sets, and no coverage before the first settled epoch', () => {
  const asked = read({
    sets: [
      { level: 0.5, labels: ['wet'], coverage: { epochs: 0n } },
      { level: 0.95, labels: ['wet', 'dry'], coverage: { epochs: 1n, hits: 1n, width: 2 } },
    ],
    edge: { eValue: 1, n: 1n },
  })
  expect(asked.intervals).toEqual([
    { level: 0.5, labels: ['wet'], coverage: null, epochs: 0 },
    { level: 0.95, labels: ['wet', 'dry'], coverage: 1, epochs: 1 },
  ])
  expect(assuranceLines(asked)).toEqual([
    '50 % set wet (no settled answer yet)',
    '95 % set wet, dry (held 100 % of 1 answer)',
    'edge: not shown (e-value 1 over 1 epoch)',
  ])
})

it('an answer by the reference rules tells neither', () => {
  const asked = read({ values: [3] })
  expect(asked).toEqual({ intervals: [], edge: null })
  expect(assuranceLines(asked)).toEqual([])
})
