import { create } from '@bufbuild/protobuf'
import { AnswerSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { GetLedgerResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { addRecord, emptyTally, type TopicTally } from '@starling/sdk/records/topicTally'
import { makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import { describe, expect, it } from 'vitest'
import { formatReport } from './formatReport.ts'
import { type Report, reportSupply, reportTopic } from './report.ts'
import type { ReportedTopic } from './reportTypes.ts'

function tallied() {
  const tally = emptyTally(squaredPolicy)
  for (let i = 1n; i <= 20n; i += 1n) {
    // "rare" is perfect but absent half of the time: it is no best worker.
    const rare = i % 2n === 0n ? { rare: [10] } : {}
    const rewards = { good: 5n, bad: 1n, ...(i % 2n === 0n ? { rare: 20n } : {}) }
    addRecord(
      tally,
      makeRecord(squaredPolicy, i, 10, { good: [11], bad: [14], ...rare }, { combined: [10.5], rewards }),
    )
  }
  return tally
}

/** A topic under watch that nobody attacks. */
function watched(tally: TopicTally, more: Partial<ReportedTopic> = {}): ReportedTopic {
  return { id: 1n, name: 'temperature', tally, honest: undefined, attackers: new Map(), answer: undefined, ...more }
}

describe('reportTopic', () => {
  const topic = reportTopic(watched(tallied()), (address) => `m-${address}`)

  it('names the best worker among those present in nine of ten epochs', () => {
    expect(topic).toMatchObject({ id: 1, lossMethod: 'squared', epochs: 20, bestWorker: 'good', synthesis: 'tower' })
    expect(topic.loss).toMatchObject({ network: 0.25, bestWorker: 1, networkOnBest: 0.25 })
    expect(topic.workers).toContainEqual({
      address: 'good',
      model: 'm-good',
      loss: 1,
      weight: (0.5 + 1 / 3) / 2,
      reward: '100',
      present: 1,
      skill: 0,
      share: 0,
      attack: null,
    })
    expect(topic.workers.find(({ address }) => address === 'rare')).toMatchObject({ loss: 0, present: 0.5 })
  })

  it('correlates rewards with skill', () => {
    expect(topic.rewardSkillCorrelation).toBeCloseTo(1, 12)
  })

  it('has null for what is not defined before the first epoch', () => {
    const none = reportTopic(watched(emptyTally(squaredPolicy)), (address) => address)
    expect(none.loss).toEqual({ network: null, mean: null, median: null, bestWorker: null, networkOnBest: null })
    expect(none).toMatchObject({ epochs: 0, bestWorker: null, rewardSkillCorrelation: null, workers: [] })
  })

  it('VT-7 VT-8 has what the ledgers of intervals and edge say', () => {
    const coverage = { epochs: 20n, hits: 15n, width: 50 }
    const intervals = [{ level: 0.8, lower: 9, upper: 12, coverage }]
    const answer = create(AnswerSchema, { intervals, edge: { shown: true, eValue: 33, n: 20n } })
    const sure = reportTopic(watched(tallied(), { answer }), (address) => address)
    expect(sure.intervals).toEqual([{ level: 0.8, hits: 15, epochs: 20, meanWidth: 2.5 }])
    expect(sure.edge).toEqual({ shown: true, eValue: 33, n: 20 })
    expect(topic).toMatchObject({ intervals: [], edge: null, attack: [], honest: null })
  })

  it('has a row for each way of attacking, and what the honest ones alone would have made of it', () => {
    const attackers = new Map([['bad', 'junk' as const]])
    const honest = emptyTally(squaredPolicy)
    addRecord(honest, makeRecord(squaredPolicy, 1n, 10, { good: [11] }, { combined: [10.5] }))
    const tally = { ...tallied(), workerPot: 1000 }
    const attacked = reportTopic(watched(tally, { attackers, honest }), (address) => address)
    expect(attacked.attack).toMatchObject([
      { kind: 'junk', identities: 1, reward: '20', share: 0.02, honestShare: 0.3, loss: 16 },
    ])
    expect(attacked.honest).toEqual({ workers: 1, mean: 1, median: 1, bestWorker: 1 })
    expect(attacked.workers.map(({ address, attack }) => [address, attack])).toEqual([
      ['bad', 'junk'],
      ['good', null],
      ['rare', null],
    ])
  })

  it('fits 80 columns as text', () => {
    const supply = reportSupply(ledger('300', '300'))
    const report: Report = {
      chainId: 'starling-local-1',
      seed: 's',
      stopped: 'SIGINT',
      seconds: 1,
      blocks: 2,
      transactions: 3,
      appHash: 'ab'.repeat(32),
      supply,
      topics: [topic],
    }
    const lines = formatReport(report).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(lines).toContain('supply 300 uallo conserved')
  })
})

describe('reportSupply', () => {
  it('is conserved only where both equations hold', () => {
    expect(reportSupply(ledger('300', '300')).conserved).toBe(true)
    expect(reportSupply(ledger('301', '301')).conserved).toBe(false)
    expect(reportSupply(ledger('300', '299')).conserved).toBe(false)
  })
})

function ledger(supply: string, balances: string) {
  return create(GetLedgerResponseSchema, { genesis: '250', minted: '60', burned: '10', supply, balances })
}
