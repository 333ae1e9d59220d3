import * as q from '@starling/protocol/gen/starling/v1/query_pb'
import { lossesOfWays } from '@starling/protocol/scoring/losses/lossesOfWays'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../app/testing/askQuery.ts'
import { openSettledNetwork } from '../app/testing/openSettledNetwork.ts'
import { getRecord } from '../modules/rewards/view.ts'
import { getAnswer } from '../modules/synthesis/view.ts'
import { requireTopic } from '../modules/topics/view.ts'

const network = openSettledNetwork()
const { application } = network.chain
const { state, settled, voided, contested } = network
const on = { topicId: 1n }
type Range = { readonly after?: bigint; readonly until?: bigint; readonly limit?: bigint }
/** Nonces of closed epochs, oldest first. */
const closed = [...settled, voided, contested].toSorted((a, b) => (a < b ? -1 : 1))
const records = closed.flatMap((nonce) => getRecord(state, 1n, nonce) ?? [])

const history = (range: Range & { readonly shares?: boolean } = {}) =>
  askQuery(application, [q.GetHistoryRequestSchema, q.GetHistoryResponseSchema], { ...on, ...range })
const tally = (range: Range = {}) =>
  askQuery(application, [q.GetTallyRequestSchema, q.GetTallyResponseSchema], { ...on, ...range })
const sumOf = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

describe('GetHistory', () => {
  it('has a column for each number of the records and answers, and NaN where there is none', () => {
    const { oldest, nonces, statuses, outputs, answers, truths, losses, naiveLosses, shares } = history()
    expect([oldest, nonces, outputs, shares]).toEqual([closed[0], closed, 1, []])
    expect(statuses).toEqual(records.map(({ status }) => status))
    expect(answers).toEqual(records.map((record) => record.network?.combined[0] ?? Number.NaN))
    expect(truths).toEqual(records.map(({ truth }) => truth ?? Number.NaN))
    expect(losses).toEqual(records.map((record) => record.losses?.combined ?? Number.NaN))
    expect(naiveLosses).toEqual(records.map((record) => record.losses?.naive ?? Number.NaN))
    expect(truths.some(Number.isNaN)).toBe(true)
  })

  it('has both ends of the intervals of each level', () => {
    const verified = openSettledNetwork({ policy: { intervals: 'conformal' } })
    const asked = askQuery(verified.chain.application, [q.GetHistoryRequestSchema, q.GetHistoryResponseSchema], on)
    expect(asked.intervals.map(({ level }) => level)).toEqual([0.5, 0.8, 0.95])
    for (const [i, nonce] of asked.nonces.entries()) {
      const answer = getAnswer(verified.state, 1n, nonce)
      for (const { level, lower, upper } of asked.intervals) {
        const own = answer?.intervals.find((interval) => interval.level === level)
        expect([lower[i], upper[i]]).toEqual([own?.lower ?? Number.NaN, own?.upper ?? Number.NaN])
      }
    }
  })

  it('has the shares in the answers of everybody, where they are wanted', () => {
    const { shares } = history({ shares: true })
    expect(shares.map(({ address }) => address)).toEqual(shares.map(({ address }) => address).toSorted())
    for (const [i, { network: values }] of records.entries()) {
      const own = shares.flatMap((share) => (share.values[i] === 0 ? [] : [[share.address, share.values[i]]]))
      const told =
        values?.weights.filter(({ value }) => value !== 0).map(({ address, value }) => [address, value]) ?? []
      expect(own).toEqual(told.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)))
    }
  })

  it('gives the epochs of a range, in pages', () => {
    const [, second = 0n, , fourth = 0n] = closed
    expect(history({ after: second, until: fourth }).nonces).toEqual(closed.slice(2, 4))
    expect(history({ after: second, limit: 1n }).nonces).toEqual(closed.slice(2, 3))
    expect(history({ after: closed.at(-1) ?? 0n }).nonces).toEqual([])
    expect(() => history({ limit: 1025n })).toThrow('limit must be at most 1024, got 1025')
  })
})

describe('GetTally', () => {
  it('sums the losses of the settled epochs, and of the mean and median of their inferences', () => {
    const { policy } = requireTopic(state, 1n)
    const judged = records.filter(({ status }) => status === 'settled')
    const ways = judged.map((record) => lossesOfWays(policy, record))
    const { epochs, last, networkLoss, meanLoss, medianLoss } = tally()
    expect([epochs, last]).toEqual([BigInt(judged.length), closed.at(-1)])
    expect(networkLoss).toBe(sumOf(judged.map(({ losses }) => losses?.combined)))
    expect(meanLoss).toBe(sumOf(ways.map(({ mean }) => mean)))
    expect(medianLoss).toBe(sumOf(ways.map(({ median }) => median)))
  })

  it('sums for each inferer what its epochs say of it', () => {
    const judged = records.filter(({ status }) => status === 'settled')
    const { workers } = tally()
    const addresses = new Set(judged.flatMap(({ losses }) => losses?.inferers.map(({ address }) => address) ?? []))
    expect(workers.map(({ address }) => address)).toEqual([...addresses].sort())
    for (const worker of workers) {
      const own = judged.filter(({ losses }) => losses?.inferers.some(({ address }) => address === worker.address))
      const of = (list: readonly { readonly address: string; readonly value: number }[] = []) =>
        list.find(({ address }) => address === worker.address)?.value
      expect(worker.epochs).toBe(BigInt(own.length))
      expect(worker.loss).toBe(sumOf(own.map(({ losses }) => of(losses?.inferers))))
      expect(worker.networkLoss).toBe(sumOf(own.map(({ losses }) => losses?.combined)))
      expect(worker.weight).toBe(sumOf(own.map(({ weights }) => of(weights))))
      const paid = own.flatMap(({ payouts }) =>
        payouts.filter(({ role, address }) => role === 'inferer' && address === worker.address),
      )
      expect(BigInt(worker.reward)).toBe(paid.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
    }
  })

  it('sums the shares in the answers, and over ranges adds up to the whole', () => {
    const whole = tally()
    const half = closed[3] ?? 0n
    const parts = [tally({ until: half }), tally({ after: half })]
    expect(sumOf(parts.map(({ networkLoss }) => networkLoss))).toBeCloseTo(whole.networkLoss, 12)
    expect(parts.reduce((sum, { epochs }) => sum + epochs, 0n)).toBe(whole.epochs)
    for (const { address, value } of whole.shares) {
      const found = parts.map(({ shares }) => shares.find((one) => one.address === address)?.value)
      expect(sumOf(found)).toBeCloseTo(value, 12)
    }
    expect(tally({ after: closed.at(-1) ?? 0n })).toMatchObject({ last: 0n, epochs: 0n, workers: [] })
    expect(() => tally({ limit: 257n })).toThrow('limit must be at most 256, got 257')
  })
})
