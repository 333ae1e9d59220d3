import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { describe, expect, it } from 'vitest'
import { ALLO, attest, openTestTopic, predict, send, type TestTopic } from '../../app/testing/openTestTopic.ts'
import { type TestActor, testActor } from '../../app/testing/testChain.ts'
import { messages, referenceRules } from '../../app/testing/testMessages.ts'
import { testActors } from '../../app/testing/testNetwork.ts'
import { getBalance } from '../bank/view.ts'
import { getRecord } from '../rewards/view.ts'
import { getPreviousWeight, getTopicStake } from '../topics/view.ts'
import { getEligible } from './eligible.ts'
import { getAuthority, getDelegatedUpon, getPlacement, getRemoval, getRewardPerShare, listRemovals } from './view.ts'

const FEE = 10_000_000n
/** Of the devnet preset. */
const DELAY = 50n
const dora = testActor('dora')
const emil = testActor('emil')

type Cast = { readonly topic: TestTopic; readonly a: TestActor; readonly b: TestActor; readonly c: TestActor }

/** A topic with reputers a, b, c. */
function open(stakes?: readonly bigint[], others: readonly TestActor[] = [dora, emil]): Cast {
  // Of what the pots pay alone; elsewhere fees add to it.
  const topic = openTestTopic({ others, policy: referenceRules, ...(stakes === undefined ? {} : { stakes }) })
  const [a, b, c] = topic.reputers
  if (a === undefined || b === undefined || c === undefined) throw new Error('three reputers')
  return { topic, a, b, c }
}

/** One epoch in which everybody reports the same; what each reputer was paid. */
function settle({ topic, a, b, c }: Cast, nonce: bigint, before: () => void = () => {}): readonly bigint[] {
  if (topic.height() < nonce) topic.mineTo(nonce)
  predict(topic, nonce, ['20', '21', '22'])
  before()
  attest(topic, nonce, ['20', '20', '20'])
  const record = getRecord(topic.chain.stores, 1n, nonce)
  if (record?.status !== 'settled') throw new Error(`the epoch is ${record?.status}: ${record?.reason}`)
  return [a, b, c].map(({ address }) => BigInt(record.payouts.find((paid) => paid.address === address)?.amount ?? 0))
}

const stakeOf = (cast: Cast, nonce: bigint) => (actor: TestActor) =>
  getRecord(cast.topic.chain.stores, 1n, nonce)?.reports.find(({ reputer }) => reputer === actor.address)?.stake

describe('SPEC PW-3 the stake of an epoch', () => {
  it('is what counted at its opening where stake is added later', () => {
    const cast = open()
    const { topic, a, b } = cast
    settle(cast, topic.first, () => topic.mustBlock([a, messages.addStake(a, 1n, 500n * ALLO)]))
    const at = stakeOf(cast, topic.first)
    expect([at(a), at(b)]).toEqual([(1000n * ALLO).toString(), (1000n * ALLO).toString()])
    const second = topic.first + 5n
    attest(topic, second, [])
    expect(getEligible(topic.chain.stores, 1n, a.address)).toBeGreaterThan(1500n * ALLO)
  })

  it('counts what was added in the block of the opening, and not what came one block later', () => {
    const cast = open()
    const { topic, a, b } = cast
    const nonce = topic.first + 5n
    topic.mineTo(nonce - 1n)
    topic.mustBlock([a, messages.addStake(a, 1n, 7n)])
    topic.mustBlock([b, messages.addStake(b, 1n, 9n)])
    settle(cast, nonce)
    const at = stakeOf(cast, nonce)
    expect([at(a), at(b)]).toEqual([(1000n * ALLO + 7n).toString(), (1000n * ALLO).toString()])
  })

  it('stops counting at once what is to be removed, and counts again what is cancelled, but not for open epochs', () => {
    const cast = open()
    const { topic, a, b, c } = cast
    settle(cast, topic.first, () => {
      topic.mustBlock(
        [a, messages.removeStake(a, 1n, 400n * ALLO)],
        [b, messages.removeStake(b, 1n, 400n * ALLO)],
        [c, messages.removeStake(c, 1n, 400n * ALLO), messages.cancelRemoval(c, 1n)],
      )
    })
    const at = stakeOf(cast, topic.first)
    expect([at(a), at(b), at(c)]).toEqual([600n, 600n, 1000n].map((allo) => (allo * ALLO).toString()))
  })

  it('is the least of opening and end through many changes in one epoch', () => {
    const cast = open()
    const { topic, a } = cast
    settle(cast, topic.first, () => {
      topic.mustBlock([a, messages.addStake(a, 1n, ALLO), messages.removeStake(a, 1n, 3n * ALLO)])
      topic.mustBlock([a, messages.cancelRemoval(a, 1n), messages.addStake(a, 1n, ALLO)])
      topic.mustBlock([a, messages.removeStake(a, 1n, 5n * ALLO), messages.addStake(a, 1n, ALLO)])
    })
    expect(stakeOf(cast, topic.first)(a)).toBe((998n * ALLO).toString())
  })

  it('refuses the report of stake that does not count for the epoch: it would take a place and bring nothing', () => {
    const { topic } = open()
    const late = testActor('dora')
    predict(topic, topic.first, ['20'])
    topic.mustBlock([late, messages.register(late, 1n, true), messages.addStake(late, 1n, ALLO)])
    topic.mineTo(topic.first + 5n)
    const refused = send(topic, late, messages.truth(late, 1n, topic.first, '20'))
    expect(refused).toMatchObject({ codespace: 'emissions', code: 11 })
    expect(refused.log).toContain('has 0uallo')
    topic.mineTo(topic.first + 10n)
    expect(send(topic, late, messages.truth(late, 1n, topic.first + 5n, '20')).code).toBe(0)
  })
})

describe('FL-07 a removal of stake', () => {
  const raw = (amount: string) => ({
    typeUrl: '/emissions.v10.RemoveStakeRequest' as const,
    value: { sender: '', topicId: 1n, amount },
  })

  it.each([
    ['-5', 52, /amount must be a whole non-negative number/],
    ['0', 51, /amount must be above 0/],
    ['100.5', 52, /amount must be a whole/],
    ['101', 14, /100uallo are there, 101uallo were asked for/],
  ])('of %s of 100 is refused, and the stake stays', (amount, code, log) => {
    const { topic, a } = open([100n, ALLO, ALLO])
    const message = raw(amount)
    const refused = send(topic, a, { ...message, value: { ...message.value, sender: a.address } })
    expect(refused).toMatchObject({ codespace: 'emissions', code })
    expect(refused.log).toMatch(log)
    expect(getAuthority(topic.chain.stores, 1n, a.address)).toBe(100n)
    expect(getEligible(topic.chain.stores, 1n, a.address)).toBe(100n)
  })

  it('AUD-H7 of 60 of 100 pays 60 once, in the block in which the delay is over, whatever is sent afterwards', () => {
    const { topic, a } = open([100n, ALLO, ALLO])
    const { stores } = topic.chain
    topic.mustBlock([a, messages.removeStake(a, 1n, 60n)])
    const asked = topic.height()
    const before = getBalance(stores, a.address)
    topic.mineTo(asked + DELAY - 1n)
    expect(getBalance(stores, a.address)).toBe(before)
    topic.mineTo(asked + DELAY)
    expect(getBalance(stores, a.address)).toBe(before + 60n)
    expect(getAuthority(stores, 1n, a.address)).toBe(40n)
    expect(send(topic, a, messages.cancelRemoval(a, 1n)).code).toBe(64)
    expect(send(topic, a, messages.removeStake(a, 1n, 60n)).code).toBe(14)
    topic.mineTo(asked + 2n * DELAY + 5n)
    expect(getBalance(stores, a.address)).toBe(before + 60n - 2n * FEE)
  })

  it('takes the place of the one before and starts its clock anew', () => {
    const { topic, a } = open([100n, ALLO, ALLO])
    const { stores } = topic.chain
    topic.mustBlock([a, messages.removeStake(a, 1n, 60n)])
    topic.mineTo(topic.height() + 10n)
    topic.mustBlock([a, messages.removeStake(a, 1n, 60n)])
    const asked = topic.height()
    expect(listRemovals(stores, 10)).toHaveLength(1)
    expect(getRemoval(stores, a.address, 1n)?.blockRemovalCompleted).toBe(asked + DELAY)
    topic.mineTo(asked + DELAY - 1n)
    expect(getAuthority(stores, 1n, a.address)).toBe(100n)
    topic.mineTo(asked + 3n * DELAY)
    expect(getAuthority(stores, 1n, a.address)).toBe(40n)
  })

  it('goes on after the registration is gone, and leaves the weight of the topic smaller', () => {
    const { topic, a } = open([1000n * ALLO, ALLO, ALLO])
    const { stores } = topic.chain
    const weight = getPreviousWeight(stores, 1n) ?? 0
    topic.mustBlock([a, messages.unregister(a, 1n, true)])
    topic.mustBlock([a, messages.removeStake(a, 1n, 1000n * ALLO)])
    expect(send(topic, a, messages.addStake(a, 1n, 1n)).code).toBe(10)
    topic.mineTo(topic.height() + DELAY)
    expect(getAuthority(stores, 1n, a.address)).toBe(0n)
    expect(getTopicStake(stores, 1n)).toBe(2n * ALLO)
    expect(getPreviousWeight(stores, 1n)).toBeLessThan(weight)
  })
})

describe('SPEC lifecycle 5.4 AUD-H8 many removals due in one block', () => {
  it('are paid 40 own and 40 delegated a block, in the order of their keys, until all are paid', () => {
    const many = testActors('many', 45)
    const { topic, a } = open(undefined, many)
    const { stores } = topic.chain
    topic.mustBlock(
      ...many.map((actor) => [actor, messages.register(actor, 1n, true), messages.addStake(actor, 1n, 10n)] as const),
    )
    topic.mustBlock(...many.map((actor) => [actor, messages.delegate(actor, 1n, a, 10n)] as const))
    topic.mustBlock(
      ...many
        .toReversed()
        .map(
          (actor) =>
            [actor, messages.removeStake(actor, 1n, 10n), messages.removeDelegation(actor, 1n, a, 10n)] as const,
        ),
    )
    const due = topic.height() + DELAY
    const left = (): readonly number[] => [
      many.filter(({ address }) => getAuthority(stores, 1n, address) > 0n).length,
      many.filter(({ address }) => getPlacement(stores, 1n, address, a.address).amount > 0n).length,
    ]
    topic.mineTo(due - 1n)
    expect(left()).toEqual([45, 45])
    topic.mineTo(due)
    expect(left()).toEqual([5, 5])
    expect(many.slice(40).every(({ address }) => getAuthority(stores, 1n, address) === 10n)).toBe(true)
    topic.mineTo(due + 1n)
    expect(left()).toEqual([0, 0])
  })
})

describe('SPEC lifecycle 5.3 delegators', () => {
  it('AUD-H4 AUD-H9 AUD-M33 share a reputer’s reward by stake, to the unit, and are paid what they claim', () => {
    const [OWN, DORA, EMIL] = [700n * ALLO + 1n, 10_000n * ALLO + 3n, 20_001n * ALLO]
    const cast = open([OWN, ALLO, ALLO])
    const { topic, a } = cast
    const { stores } = topic.chain
    topic.mustBlock([dora, messages.delegate(dora, 1n, a, DORA)], [emil, messages.delegate(emil, 1n, a, EMIL)])
    const [reward = 0n] = settle(cast, topic.first + 5n)
    expect(reward).toBeGreaterThan(0n)
    const theirs = (reward * (DORA + EMIL)) / (OWN + DORA + EMIL)
    expect(getBalance(stores, moduleAddresses.allorapendingrewards)).toBe(theirs)
    expect(getAuthority(stores, 1n, a.address)).toBe(OWN + DORA + EMIL + reward - theirs)
    const share = (theirs * 10n ** 36n) / (DORA + EMIL)
    expect(getRewardPerShare(stores, 1n, a.address)).toBe(share)
    for (const [who, amount] of [
      [dora, DORA],
      [emil, EMIL],
    ] as const) {
      const before = getBalance(stores, who.address)
      expect(send(topic, who, messages.claim(who, 1n, a)).code).toBe(0)
      expect(getBalance(stores, who.address)).toBe(before - FEE + (amount * share) / 10n ** 36n)
      // A second claim finds nothing and is no error. AUD-H4
      expect(send(topic, who, messages.claim(who, 1n, a)).code).toBe(0)
      expect(getBalance(stores, who.address)).toBe(before - 2n * FEE + (amount * share) / 10n ** 36n)
    }
    expect(getBalance(stores, moduleAddresses.allorapendingrewards)).toBeLessThan(3n)
  })

  it('are paid before more is delegated, and before a removal is paid out', () => {
    const cast = open()
    const { topic, a } = cast
    const { stores } = topic.chain
    topic.mustBlock([dora, messages.delegate(dora, 1n, a, 1000n * ALLO)])
    settle(cast, topic.first + 5n)
    const owed = getBalance(stores, moduleAddresses.allorapendingrewards)
    expect(owed).toBeGreaterThan(0n)
    const before = getBalance(stores, dora.address)
    topic.mustBlock([dora, messages.delegate(dora, 1n, a, 5n)])
    expect(getBalance(stores, dora.address)).toBe(before - FEE - 5n + owed)
    settle(cast, topic.first + 15n)
    const held = getBalance(stores, dora.address)
    const more = getBalance(stores, moduleAddresses.allorapendingrewards)
    topic.mustBlock([dora, messages.removeDelegation(dora, 1n, a, 1000n * ALLO + 5n)])
    topic.mineTo(topic.height() + DELAY)
    const dust = getBalance(stores, moduleAddresses.allorapendingrewards)
    expect(dust).toBeLessThan(3n)
    expect(getBalance(stores, dora.address)).toBe(held - FEE + 1000n * ALLO + 5n + more - dust)
    expect(getPlacement(stores, 1n, dora.address, a.address)).toEqual({ amount: 0n, debt: 0n })
  })

  it('PW-3 earn nothing on what they are taking out, which does not lessen what the others get', () => {
    const cast = open()
    const { topic, a } = cast
    const { stores } = topic.chain
    topic.mustBlock(
      [dora, messages.delegate(dora, 1n, a, 1000n * ALLO)],
      [emil, messages.delegate(emil, 1n, a, 1000n * ALLO)],
    )
    topic.mustBlock([emil, messages.removeDelegation(emil, 1n, a, 600n * ALLO)])
    const [reward = 0n] = settle(cast, topic.first + 5n)
    const gains = [dora, emil].map((who) => {
      const before = getBalance(stores, who.address)
      topic.mustBlock([who, messages.claim(who, 1n, a)])
      return getBalance(stores, who.address) - before + FEE
    })
    // Of 3000 staked 2400 count: 1000 own, 1000 of one delegator and 400 of the other.
    const theirs = (reward * 1400n) / 2400n
    expect(gains.map((gain, i) => (i === 0 ? (theirs * 1000n) / 1400n : (theirs * 400n) / 1400n) - gain)).toEqual([
      expect.toSatisfy((dust: bigint) => dust >= 0n && dust <= 2n),
      expect.toSatisfy((dust: bigint) => dust >= 0n && dust <= 2n),
    ])
  })

  it('PW-3 keep what they had earned when they ask for a removal, cancel it and ask again', () => {
    const cast = open()
    const { topic, a } = cast
    const { stores } = topic.chain
    topic.mustBlock([dora, messages.delegate(dora, 1n, a, 1000n * ALLO)])
    settle(cast, topic.first + 5n)
    const owed = getBalance(stores, moduleAddresses.allorapendingrewards)
    const before = getBalance(stores, dora.address)
    topic.mustBlock([dora, messages.removeDelegation(dora, 1n, a, 400n * ALLO)])
    topic.mustBlock([dora, messages.removeDelegation(dora, 1n, a, 900n * ALLO)])
    topic.mustBlock([dora, messages.cancelDelegateRemoval(dora, 1n, a)])
    topic.mustBlock([dora, messages.claim(dora, 1n, a)])
    const gained = getBalance(stores, dora.address) - before + 4n * FEE
    expect(owed - gained).toBeLessThan(3n)
  })

  it('G24 PW-3 who come after the opening, or come back from a removal, earn from the next epoch on', () => {
    const cast = open()
    const { topic, a } = cast
    const { stores } = topic.chain
    const gain = (who: TestActor): bigint => {
      const before = getBalance(stores, who.address)
      topic.mustBlock([who, messages.claim(who, 1n, a)])
      return getBalance(stores, who.address) - before + FEE
    }
    topic.mustBlock([dora, messages.delegate(dora, 1n, a, 1000n * ALLO)])
    const nonce = topic.first + 5n
    topic.mineTo(nonce)
    // Ten times as much as everybody else, in the middle of the epoch, and a removal that is taken back.
    const [reward = 0n] = settle(cast, nonce, () => {
      topic.mustBlock(
        [emil, messages.delegate(emil, 1n, a, 20_000n * ALLO)],
        [dora, messages.removeDelegation(dora, 1n, a, 400n * ALLO), messages.cancelDelegateRemoval(dora, 1n, a)],
      )
    })
    expect(gain(emil)).toBe(0n)
    // 1000 own stake, 600 of the delegation all the time.
    expect((reward * 600n) / 1600n - gain(dora)).toBeLessThan(2n)
    const [next = 0n] = settle(cast, topic.height() + 3n)
    const own = getAuthority(stores, 1n, a.address) - getDelegatedUpon(stores, 1n, a.address)
    const gains = [gain(dora), gain(emil)]
    expect(gains[0]).toBeGreaterThan(0n)
    expect((gains[1] ?? 0n) / 10n ** 9n).toBe(((gains[0] ?? 0n) * 20n) / 10n ** 9n)
    expect((gains[0] ?? 0n) + (gains[1] ?? 0n)).toBeLessThan(next)
    expect(own).toBeGreaterThan(1000n * ALLO)
  })

  it('may neither delegate to themselves nor to who is no reputer', () => {
    const { topic, a } = open()
    expect(send(topic, a, messages.delegate(a, 1n, a, 1n)).code).toBe(57)
    expect(send(topic, dora, messages.delegate(dora, 1n, emil, 1n)).code).toBe(10)
    expect(send(topic, dora, messages.delegate(dora, 2n, a, 1n)).code).toBe(23)
    expect(send(topic, dora, messages.removeDelegation(dora, 1n, a, 1n)).code).toBe(49)
    expect(send(topic, dora, messages.cancelDelegateRemoval(dora, 1n, a)).code).toBe(64)
  })
})
