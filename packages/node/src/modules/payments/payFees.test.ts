import { create, toBinary } from '@bufbuild/protobuf'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { GetPaymentsRequestSchema, GetPaymentsResponseSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import { GetLedgerRequestSchema, GetLedgerResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { explainEpoch } from '@starling/protocol/replay/explain/explainEpoch'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import { describe, expect, it } from 'vitest'
import { askQuery } from '../../app/testing/askQuery.ts'
import { ALLO, attest, openTestTopic, predict, type TestTopic } from '../../app/testing/openTestTopic.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { messages, referenceRules } from '../../app/testing/testMessages.ts'
import { listServed, replayTopic } from '../../epoch/testing/replayTopic.ts'
import { getBalance } from '../bank/view.ts'
import { listOpenEpochs } from '../epochs/view.ts'
import { getRecord } from '../rewards/view.ts'
import { getAuthority } from '../stake/view.ts'
import { getRevenue, requireTopic } from '../topics/view.ts'
import { getEarmarkedFees, getEscrow } from './view.ts'

const buyer = testActor('buyer')
const payments = [GetPaymentsRequestSchema, GetPaymentsResponseSchema] as const
const ledger = [GetLedgerRequestSchema, GetLedgerResponseSchema] as const

type PaidTopic = TestTopic & { readonly paid: bigint }

/** A topic without emission whose second epoch, `paid`, opens with its part of what was paid for the first answer. */
function openPaid(pay: bigint, setup: Parameters<typeof openTestTopic>[0] = {}): PaidTopic {
  const topic = openTestTopic({ others: [buyer], emissionEnabled: false, policy: referenceRules, ...setup })
  predict(topic, topic.first, ['20', '21', '22'])
  topic.mineTo(topic.first + 3n)
  topic.mustBlock([buyer, messages.request(buyer, 1n, pay)])
  topic.mineTo(topic.first + 5n)
  return { ...topic, paid: topic.first + 5n }
}

const recordOf = ({ chain, paid }: PaidTopic) => getRecord(chain.stores, 1n, paid)
const sumOf = (list: readonly { readonly amount: string }[] | undefined): bigint =>
  (list ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n)

describe('the fees of a settled epoch', () => {
  it('are a twentieth of the escrow: 20 % burn, 10 % are the validators’, the rest its contributors’, to the unit', () => {
    const topic = openPaid(20n * ALLO + 7n)
    const { stores, application } = topic.chain
    expect(getEarmarkedFees(stores, 1n)).toBe(ALLO)
    predict(topic, topic.paid, ['20', '21', '25'])
    topic.mineTo(topic.paid + 9n)
    const collected = getBalance(stores, moduleAddresses.fee_collector)
    const workersBefore = topic.workers.map(({ address }) => getBalance(stores, address))
    const stakesBefore = topic.reputers.map(({ address }) => getAuthority(stores, 1n, address))
    attest(topic, topic.paid, ['20', '20', '20.2'])
    const { fees, payouts, pot } = recordOf(topic) ?? {}
    expect(pot).toBe('0')
    expect(payouts).toEqual([])
    const [burned, validators] = [ALLO / 5n, ALLO / 10n]
    expect(fees).toMatchObject({
      ...{ earmarked: ALLO.toString(), burned: burned.toString(), validators: validators.toString() },
      ...{ burnShare: '0.2', validatorsShare: '0.1' },
    })
    const toContributors = sumOf(fees?.payouts)
    expect(toContributors + BigInt(fees?.returned ?? 0)).toBe(ALLO - burned - validators)
    expect(getBalance(stores, moduleAddresses.fee_collector) - collected).toBe(validators + 30_000_000n)
    const earned = (address: string, role: string) =>
      sumOf(fees?.payouts.filter((payout) => payout.address === address && payout.role === role))
    topic.workers.forEach(({ address }, i) => {
      expect(getBalance(stores, address) - (workersBefore[i] ?? 0n)).toBe(earned(address, 'inferer'))
    })
    topic.reputers.forEach(({ address }, i) => {
      expect(getAuthority(stores, 1n, address) - (stakesBefore[i] ?? 0n)).toBe(earned(address, 'reputer'))
    })
    const lines = askQuery(application, ledger)
    expect(lines).toMatchObject({
      ...{ feesPaid: (20n * ALLO + 7n).toString(), feesBurned: fees?.burned, feesValidators: fees?.validators },
      ...{ feesContributors: toContributors.toString(), burned: fees?.burned, minted: '0' },
    })
    expect(BigInt(lines.escrow)).toBe(20n * ALLO + 7n - burned - validators - toContributors)
  })

  it('are split in the proportions of its pot, whose own split they leave as it is', () => {
    const topic = openPaid(20n * ALLO, { emissionEnabled: true })
    predict(topic, topic.paid, ['20', '21', '25'])
    attest(topic, topic.paid, ['20', '20', '20.2'])
    const { fees, payouts = [], pot = '1' } = recordOf(topic) ?? {}
    expect(payouts.length).toBeGreaterThan(3)
    expect(fees?.payouts.map(({ address, role }) => [address, role])).toEqual(
      payouts.map(({ address, role }) => [address, role]),
    )
    for (const [i, { amount }] of payouts.entries()) {
      const ofFees = Number(BigInt(fees?.payouts[i]?.amount ?? 0)) / Number((ALLO * 7n) / 10n)
      expect(ofFees).toBeCloseTo(Number(BigInt(amount)) / Number(BigInt(pot)), 9)
    }
  })

  it('follow the shares that are in force when it settles', () => {
    const topic = openPaid(20n * ALLO, { params: { feeBurnShare: '0.5', feeValidatorsShare: '0.5' } })
    predict(topic, topic.paid, ['20', '21', '25'])
    attest(topic, topic.paid, ['20', '20', '20'])
    const half = (ALLO / 2n).toString()
    expect(recordOf(topic)?.fees).toMatchObject({ burned: half, validators: half, returned: '0', payouts: [] })
  })
})

describe('the fees of an epoch that is not settled', () => {
  it.each([
    ['void', [undefined, undefined, undefined], ['20', '20', '20']],
    ['contested', ['20', '21', '22'], ['20', '40', '60']],
  ] as const)('stay in escrow where it is %s', (status, values, truths) => {
    const topic = openPaid(20n * ALLO)
    const { stores } = topic.chain
    predict(topic, topic.paid, values)
    attest(topic, topic.paid, truths)
    expect(recordOf(topic)).toMatchObject({
      status,
      fees: { earmarked: ALLO.toString(), returned: ALLO.toString(), burned: '0', validators: '0', payouts: [] },
    })
    expect(getEscrow(stores, 1n)).toBe(20n * ALLO)
    expect(askQuery(topic.chain.application, ledger)).toMatchObject({ feesBurned: '0', burned: '0' })
  })
})

describe('epochs that wait at the same time', () => {
  it('were each promised a twentieth of what no other was', () => {
    const topic = openPaid(20n * ALLO, { groundTruthLag: 20n })
    const { stores } = topic.chain
    topic.mineTo(topic.paid + 15n)
    const open = listOpenEpochs(stores, 1n).filter(({ nonce }) => nonce >= topic.paid)
    let free = 20n * ALLO
    for (const { fees } of open) {
      expect(BigInt(fees)).toBe(free / 20n)
      free -= free / 20n
    }
    expect(open.length).toBe(4)
    expect(getEarmarkedFees(stores, 1n)).toBe(20n * ALLO - free)
    expect(getEscrow(stores, 1n)).toBe(20n * ALLO)
  })
})

describe('the record of an epoch with fees', () => {
  it('is recomputed by whoever replays it, and an altered split is named', () => {
    const topic = openPaid(20n * ALLO)
    const { stores } = topic.chain
    predict(topic, topic.paid, ['20', '21', '25'])
    attest(topic, topic.paid, ['20', '20', '20.2'])
    expect(replayTopic(stores, 1n).flatMap(({ mismatches }) => mismatches)).toEqual([])
    const served = listServed(stores, 1n).map((one) => {
      const { fees } = one.record
      if (fees === undefined) return one
      const record = create(EpochRecordSchema, { ...one.record, fees: { ...fees, burned: '1' } })
      const bytes = toBinary(EpochRecordSchema, record)
      return { ...one, record, bytes, hash: sha256(bytes) }
    })
    const verified = replayEpochs({ id: 1n, policy: requireTopic(stores, 1n).policy }, served)
    expect(verified.flatMap(({ mismatches }) => mismatches)).toContainEqual({
      field: 'fees.burned',
      stored: '1',
      recomputed: (ALLO / 5n).toString(),
    })
  })
})

describe('an explanation of an epoch with fees', () => {
  it('says what could be paid of the pot, and what each role got of the fees', () => {
    const topic = openTestTopic({ params: { subsidyAllowance: '0' } })
    const { stores } = topic.chain
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, ['20', '20', '20'])
    const [verified] = replayEpochs({ id: 1n, policy: requireTopic(stores, 1n).policy }, listServed(stores, 1n))
    const record = getRecord(stores, 1n, topic.first)
    const [reputer] = topic.reputers
    if (record === undefined || verified?.replayed === undefined || reputer === undefined) throw new Error('no epoch')
    const { lines } = explainEpoch(record, verified.replayed, reputer.address)
    const { value } = lines.find(({ label }) => label === 'fees as reputer') ?? {}
    expect(value).toBe(record.fees?.payouts.find(({ address }) => address === reputer.address)?.amount)
    expect(BigInt(value ?? 0)).toBeGreaterThan(0n)
    const burned = BigInt(record.fees?.burned ?? 0)
    expect(lines.find(({ label }) => label === 'could be paid')).toMatchObject({
      inputs: { pot: record.pot, burned: burned.toString(), factor: 1, allowance: '0', validators: 0.25 },
      value: ((burned * 3n) / 4n).toString(),
    })
  })
})

describe('FundTopic where the reference pays', () => {
  it('pays the treasury as in the reference: revenue grows, the escrow does not; and requests buy no weight', () => {
    const topic = openPaid(20n * ALLO)
    const { stores } = topic.chain
    const before = { revenue: getRevenue(stores, 1n), ecosystem: getBalance(stores, moduleAddresses.ecosystem) }
    topic.mustBlock([buyer, messages.fund(buyer, 1n, 5n * ALLO)], [buyer, messages.request(buyer, 1n, ALLO)])
    expect(getRevenue(stores, 1n)).toBe(before.revenue + 5n * ALLO)
    expect(getBalance(stores, moduleAddresses.ecosystem)).toBe(before.ecosystem + 5n * ALLO)
    expect(getEscrow(stores, 1n)).toBe(21n * ALLO)
  })
})

describe('FundTopic where pay follows contribution', () => {
  it('pays the escrow and makes the topic heavier, as requests do; what the treasury holds stays', () => {
    const topic = openTestTopic({ others: [buyer], emissionEnabled: false })
    const { stores, application } = topic.chain
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 3n)
    const before = {
      ...{ escrow: getEscrow(stores, 1n), revenue: getRevenue(stores, 1n) },
      ecosystem: getBalance(stores, moduleAddresses.ecosystem),
    }
    topic.mustBlock([buyer, messages.fund(buyer, 1n, 5n * ALLO)], [buyer, messages.request(buyer, 1n, ALLO)])
    expect(getEscrow(stores, 1n)).toBe(before.escrow + 6n * ALLO)
    expect(getRevenue(stores, 1n)).toBe(before.revenue + 6n * ALLO)
    expect(getBalance(stores, moduleAddresses.ecosystem)).toBe(before.ecosystem)
    const { funders, funded } = askQuery(application, payments, { topicId: 1n })
    expect(funded).toBe((6n * ALLO).toString())
    expect(funders.find(({ address }) => address === buyer.address)).toMatchObject({
      ...{ funded: (5n * ALLO).toString(), paid: ALLO.toString() },
    })
  })

  it('leaves the workers’ and forecasters’ parts in escrow while nobody has skill; reputers are paid', () => {
    const topic = openTestTopic({ emissionEnabled: false })
    const { stores } = topic.chain
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, ['20', '20', '20'])
    const { fees } = getRecord(stores, 1n, topic.first) ?? {}
    const contributors = ((ALLO / 20n) * 7n) / 10n
    expect(fees?.earmarked).toBe((ALLO / 20n).toString())
    expect(fees?.payouts.every(({ role }) => role === 'reputer')).toBe(true)
    expect(contributors / 4n - sumOf(fees?.payouts)).toBeLessThan(3n)
    expect(BigInt(fees?.returned ?? 0) + sumOf(fees?.payouts)).toBe(contributors)
  })
})
