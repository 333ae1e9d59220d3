import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { describe, expect, it } from 'vitest'
import { ALLO, openTestTopic, type TestTopic } from '../../app/testing/openTestTopic.ts'
import type { TestActor } from '../../app/testing/testChain.ts'
import { messages } from '../../app/testing/testMessages.ts'
import { testActors } from '../../app/testing/testNetwork.ts'
import { replayTopic } from '../../epoch/testing/replayTopic.ts'
import { getBalance } from '../bank/view.ts'
import { getEpochCounts, getRecord } from '../rewards/view.ts'
import { getAuthority } from '../stake/view.ts'
import { getEscrow, getHeld } from './view.ts'

const EPOCHS = 24
/** Enough for the edge to be shown. */
const LONG = 90
const [funder] = testActors('funder', 1) as readonly [TestActor]

type Run = { readonly topic: TestTopic; readonly gain: bigint; readonly collected: bigint; readonly settled: bigint }

/**
 * A topic whose creator, funder, workers and reputers are one attacker: before each epoch it funds and buys for `fee`,
 * `skilled` ones of its workers know what its reputers will say. Its gain is what all
 * its accounts and stakes have more than at the start, what is still in escrow included, as its topic will pay it out;
 * gas left out. `collected` is what validators got.
 */
function washFund(fee: bigint, params: Record<string, string>, skilled: number, epochs = EPOCHS): Run {
  const topic = openTestTopic({ others: [funder], params: { subsidyAllowance: '0', ...params } })
  const { chain, creator, workers, reputers } = topic
  const { stores } = chain
  const own = [funder, creator, ...workers, ...reputers]
  const wealth = (): bigint =>
    own.reduce((sum, { address }) => sum + getBalance(stores, address), 0n) +
    reputers.reduce((sum, { address }) => sum + getAuthority(stores, 1n, address), 0n) +
    getEscrow(stores, 1n)
  const collected = (): bigint => getBalance(stores, moduleAddresses.fee_collector)
  const before = { wealth: wealth(), collected: collected(), height: topic.height() }
  let gas = 0n
  const send = (...txs: readonly (readonly [TestActor, MessageToSend])[]): void => {
    topic.mustBlock(...txs)
    gas += 10_000_000n * BigInt(txs.length)
  }
  const truthOf = (nonce: bigint): string => `${20 + Number((nonce * nonce) % 37n) / 4}`
  for (let i = 0; i < epochs; i++) {
    const nonce = topic.first + 5n * BigInt(i)
    topic.mineTo(nonce)
    const guess = (k: number) => (k < skilled ? `${Number(truthOf(nonce)) + k / 10}` : `${20 + k}`)
    send(
      ...workers.map((actor, k) => [actor, messages.infer(actor, 1n, nonce, guess(k))] as const),
      ...(fee > 0n ? [[funder, messages.fund(funder, 1n, fee)] as const] : []),
    )
    const told = nonce - 5n
    if (i > 0) send(...reputers.map((actor) => [actor, messages.truth(actor, 1n, told, truthOf(told))] as const))
    topic.mineTo(nonce + 4n)
    if (i > 0 && fee > 0n) send([funder, messages.request(funder, 1n, fee)])
  }
  topic.mineTo(topic.first + 5n * BigInt(epochs) + 10n)
  const { settled } = getEpochCounts(stores, 1n)
  const data = BigInt(workers.length * epochs) * 10n
  return {
    topic,
    gain: wealth() - before.wealth + gas + data,
    collected: collected() - before.collected - gas,
    settled,
  }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

describe('G21 self-funding', () => {
  const control = washFund(0n, {}, 1)

  it.each([1n, 25n, 90n, 500n])(
    'with %s thousandths of an ALLO an epoch gains nothing, though every role and every validator is the attacker’s',
    (thousandths) => {
      const fee = (thousandths * ALLO) / 1000n
      const { gain, collected, settled, topic } = washFund(fee, {}, 1)
      expect(settled).toBeGreaterThan(18n)
      // What a validator gets without anybody's funding is no fruit of the funding.
      const validator = collected - control.collected
      const profit = gain + validator
      process.stdout.write(`G21 fee ${fee}: profit ${profit} = contributors ${gain} + validators ${validator}\n`)
      expect(profit).toBeLessThanOrEqual(0n)
      expect(gain + validator / 4n).toBeLessThan(0n)
      const paid = getRecord(topic.chain.stores, 1n, topic.first + 75n)
      expect(BigInt(paid?.fees?.burned ?? 0)).toBeGreaterThan(0n)
      expect(BigInt(paid?.subsidy?.reward ?? 0)).toBe(
        least(BigInt(paid?.pot ?? 0), (BigInt(paid?.fees?.burned ?? 0) * 3n) / 4n),
      )
      expect(replayTopic(topic.chain.stores, 1n).flatMap(({ mismatches }) => mismatches)).toEqual([])
    },
  )

  it('without fees mints nothing: pots go back to the ecosystem', () => {
    const { topic, settled } = control
    expect(settled).toBeGreaterThan(18n)
    const record = getRecord(topic.chain.stores, 1n, topic.first + 75n)
    expect(BigInt(record?.pot ?? 0)).toBeGreaterThan(0n)
    const burned = BigInt(record?.fees?.burned ?? 0)
    expect(BigInt(record?.subsidy?.reward ?? 0)).toBe((burned * 3n) / 4n)
  })

  it('nor with bootstrap where no edge is shown: what was kept back burns at the end of the term', () => {
    const params = { bootstrapAmount: (ALLO / 1000n).toString(), bootstrapEpochs: '15' }
    const plain = washFund(ALLO / 100n, {}, 0)
    const { gain, topic } = washFund(ALLO / 100n, params, 0)
    const { stores } = topic.chain
    expect(getHeld(stores, 1n)).toBe(0n)
    const nonces = Array.from({ length: EPOCHS }, (_, i) => topic.first + 5n * BigInt(i))
    const subsidies = nonces.flatMap((nonce) => getRecord(stores, 1n, nonce)?.subsidy ?? [])
    const kept = subsidies.reduce((sum, { bootstrap }) => sum + BigInt(bootstrap), 0n)
    expect(kept).toBeGreaterThan(0n)
    expect(subsidies.reduce((sum, { burned }) => sum + BigInt(burned), 0n)).toBe(kept)
    expect(subsidies.every(({ payouts }) => payouts.length === 0)).toBe(true)
    expect(gain).toBe(plain.gain)
  })

  it('bootstrap of a topic whose edge is shown is released bit by bit, to validators and contributors', () => {
    const { topic } = washFund(ALLO / 100n, { bootstrapAmount: (ALLO / 1000n).toString() }, 3, LONG)
    const { stores } = topic.chain
    const records = Array.from({ length: LONG }, (_, i) => getRecord(stores, 1n, topic.first + 5n * BigInt(i)))
    const released = records.filter((record) => (record?.subsidy?.payouts.length ?? 0) > 0)
    expect(released.length).toBeGreaterThan(0)
    for (const { subsidy } of released.flatMap((record) => record ?? [])) {
      const before = BigInt(subsidy?.heldBefore ?? 0) + BigInt(subsidy?.bootstrap ?? 0)
      expect(BigInt(subsidy?.releasedValidators ?? 0)).toBe(before / 20n / 4n)
      const paid = (subsidy?.payouts ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n)
      expect(BigInt(subsidy?.held ?? 0)).toBe(before - before / 20n / 4n - paid)
    }
    expect(getHeld(stores, 1n)).toBeGreaterThan(0n)
    expect(replayTopic(stores, 1n).flatMap(({ mismatches }) => mismatches)).toEqual([])
  })

  it('and bootstrap needs stake of at least its amount', () => {
    const { topic } = washFund(0n, { bootstrapAmount: (10_000n * ALLO).toString() }, 0)
    const record = getRecord(topic.chain.stores, 1n, topic.first + 75n)
    expect(record?.subsidy).toMatchObject({ bootstrapLimit: '0', bootstrap: '0', held: '0' })
  })
})
