import { create } from '@bufbuild/protobuf'
import {
  AnswerSchema,
  ClassSharesSchema,
  ContributionSchema,
  EpochRecordSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import { addRecord, emptyTally } from '@starling/sdk/records/topicTally'
import { labelPolicy, makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { describe, expect, it } from 'vitest'
import { type Frame, formatFrame } from './formatFrame.ts'

const quiet = { attackers: new Map(), answer: undefined }

function frame(more: Partial<Frame> = {}): Frame {
  const numbers = emptyTally(squaredPolicy)
  const names = Array.from({ length: 12 }, (_, i) => `worker-with-a-long-name-${i}`)
  const values = Object.fromEntries(names.map((name, i) => [name, [i]]))
  addRecord(
    numbers,
    makeRecord(squaredPolicy, 5n, 3, values, { combined: [4], rewards: { [names[0] ?? '']: 10n ** 18n } }),
  )
  const labels = emptyTally(labelPolicy)
  addRecord(labels, makeRecord(labelPolicy, 5n, 'up', { a: [0.1, 0.2, 0.7] }, { combined: [0.1, 0.2, 0.7] }))
  return {
    chainId: 'starling-local-1',
    seed: 'demo',
    height: 120n,
    blocksPerSecond: 5,
    topics: [
      { id: 1n, name: 'temperature', unit: 'degrees', tally: numbers, date: '2003-01-02', ...quiet },
      { id: 2n, name: 'trend', unit: 'probability', tally: labels, date: '2003-01-02', ...quiet },
      { id: 3n, name: 'new', unit: 'u', tally: emptyTally(squaredPolicy), date: '', ...quiet },
    ],
    progress: { done: 60, wanted: 250, secondsLeft: 95 },
    trouble: '',
    nameOf: (address) => address,
    ...more,
  }
}

const plain = { columns: 80, rows: 60, colour: false }

describe('formatFrame', () => {
  it('shows answer, truth, losses, workers with bars, and the progress', () => {
    const text = formatFrame(frame(), plain).join('\n')
    expect(text).toContain('block 120  5.0 blocks/s  seed demo')
    expect(text).toContain('60/250 epochs  1:35 left')
    expect(text).toContain('network 4   truth 3')
    expect(text).toContain('network down 10 %, flat 20 %, up 70 %   truth up')
    expect(text).toMatch(/worker-with-a- █+ +8 % {2}loss +9 {2}\+1\.000000 ALLO/)
    expect(text).toContain('waiting for the first settled epoch')
  })

  it('shows the interval, coverage, edge, skill and share, and what attackers have earned', () => {
    const tally = emptyTally(squaredPolicy)
    const inferers = [{ address: 'a', skill: 0.25, weight: 1, share: 1 }]
    const contribution = create(ContributionSchema, { inferers, bound: 1 })
    const more = { combined: [4], rewards: { a: 6n * 10n ** 18n } }
    const record = makeRecord(squaredPolicy, 5n, 3, { a: [4], b: [9] }, more)
    const split = create(ClassSharesSchema, { inferers: 0.6, forecasters: 0.15, reputers: 0.25 })
    addRecord(tally, create(EpochRecordSchema, { ...record, pot: `${10n ** 19n}`, split, contribution }))
    const coverage = { epochs: 50n, hits: 41n, width: 50 }
    const answer = create(AnswerSchema, {
      intervals: [{ level: 0.8, lower: 3.5, upper: 4.5, coverage }],
      edge: { shown: false, eValue: 1.5, n: 48n },
    })
    const attackers = new Map([['b', 'junk' as const]])
    const topics = [{ id: 1n, name: 't', unit: 'degrees', tally, attackers, answer, date: '' }]
    const text = formatFrame(frame({ topics }), { ...plain, columns: 100 }).join('\n')
    expect(text).toContain('network 4 [3.500 … 4.500]   truth 3')
    expect(text).toContain('80 % held 82 % of 50   edge not shown, e-value 1.500 after 48')
    expect(text).toMatch(/a +█+ +50 % {2}loss +1 {2}skill +0\.2500 {2}share 100 % {2}\+6\.000000 ALLO/)
    expect(text).toMatch(/! 1 junk +█+ +50 % {2}earned 0\.0 % of the workers' pots/)
  })

  it.each([
    [80, 24],
    [80, 50],
    [40, 10],
    [200, 100],
  ])('fits %i columns and %i rows', (columns, rows) => {
    const lines = formatFrame(frame({ trouble: 'x'.repeat(300) }), { columns, rows, colour: false })
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns)
    expect(lines.length).toBeLessThan(rows)
  })

  it('has no escape sequences without colour', () => {
    expect(formatFrame(frame(), plain).join('')).not.toContain('\u001b')
    expect(formatFrame(frame(), { ...plain, colour: true }).join('')).toContain('\u001b[1m')
  })
})
