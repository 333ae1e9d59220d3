import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTestTopic, send, type TestTopic, type TestTopicSetup } from '../../../app/testing/openTestTopic.ts'
import {
  type SealedPair,
  type SealedPlace,
  saltOf,
  sealedPolicy,
  sealForecast,
  sealInference,
  sealTruth,
} from '../../../app/testing/sealedMessages.ts'
import type { TestActor } from '../../../app/testing/testChain.ts'
import { messages } from '../../../app/testing/testMessages.ts'
import { getFeeLedger, getLedger } from '../../bank/ledger.ts'
import { getBalance } from '../../bank/view.ts'
import { getRecord } from '../../rewards/view.ts'
import { getAnswer } from '../../synthesis/view.ts'
import { getMerit, getOpenEpoch, getSubmissions, listCommitments } from '../view.ts'

const BOND = 1000n

function openSealed(setup: TestTopicSetup = {}): TestTopic {
  return openTestTopic({
    workerSubmissionWindow: 4n,
    groundTruthLag: 7n,
    ...setup,
    policy: { ...sealedPolicy, ...setup.policy },
  })
}

const placeOf = ({ first: nonce }: TestTopic): SealedPlace => ({ topicId: 1n, nonce })
const stateOf = ({ chain }: TestTopic) => chain.stores
const held = (topic: TestTopic): bigint => getBalance(stateOf(topic), moduleAddresses.starlingbonds)
/** Of fees a part burns at each settlement. */
const burned = (topic: TestTopic): bigint => getLedger(stateOf(topic)).burned - getFeeLedger(stateOf(topic)).burned

function at<T>(list: readonly T[], index: number): T {
  const one = list[index]
  if (one === undefined) throw new Error(`nothing at ${index}`)
  return one
}

type Sealed = readonly (readonly [TestActor, SealedPair])[]

/** Inferences: worker i predicts the i-th value. */
const sealAll = (topic: TestTopic, values: readonly string[]): Sealed =>
  values.map((value, i) => [at(topic.workers, i), sealInference(at(topic.workers, i), placeOf(topic), value)])

const commitsOf = (list: Sealed) => list.map(([who, { commit }]) => [who, commit] as const)
const revealsOf = (list: Sealed) => list.map(([who, { reveal }]) => [who, reveal] as const)

/** Commits in the first block of the window, and mines to the end of it. */
function commitAll(topic: TestTopic, list: Sealed): void {
  topic.mustBlock(...commitsOf(list))
  topic.mineTo(topic.first + 2n)
}

describe('VT-2 sealed submissions', () => {
  it('VT-9 run from commitments to a settled epoch, each part as soon as all have revealed, with every bond back', () => {
    const topic = openSealed()
    const place = placeOf(topic)
    const { nonce } = place
    const work = sealAll(topic, ['20', '21', '22'])
    topic.mustBlock(...commitsOf(work))
    expect(held(topic)).toBe(3n * BOND)
    expect(getSubmissions(stateOf(topic), place).inferences).toEqual([])
    topic.mineTo(nonce + 2n)
    topic.mustBlock(...revealsOf(work))
    expect(held(topic)).toBe(0n)
    expect(getAnswer(stateOf(topic), 1n, nonce)).toMatchObject({ height: nonce + 3n, values: [21] })
    topic.mineTo(nonce + 7n)
    const truths: Sealed = topic.reputers.map((who) => [who, sealTruth(who, place, '21')])
    topic.mustBlock(...commitsOf(truths))
    topic.mineTo(nonce + 9n)
    topic.mustBlock(...revealsOf(truths))
    const settled = getRecord(stateOf(topic), 1n, nonce)
    expect(settled).toMatchObject({ status: 'settled', settledHeight: nonce + 10n, truth: 21 })
    expect(settled?.unrevealed).toBeUndefined()
    expect(burned(topic)).toBe(0n)
  })

  it('G04 publish at the end of the reveal window where somebody does not reveal; its bond burns and the record names it', () => {
    const topic = openSealed()
    const place = placeOf(topic)
    const work = sealAll(topic, ['20', '21', '500'])
    commitAll(topic, work)
    topic.mustBlock(...revealsOf(work.slice(0, 2)))
    expect(getAnswer(stateOf(topic), 1n, place.nonce)).toBeUndefined()
    const [[twice, { reveal }] = at(work, 0)] = work
    expect(send(topic, twice, reveal)).toMatchObject({ code: 207 })
    topic.mineTo(place.nonce + 4n)
    expect(getAnswer(stateOf(topic), 1n, place.nonce)).toMatchObject({ height: place.nonce + 4n, contributors: 2 })
    expect([held(topic), burned(topic)]).toEqual([0n, BOND])
    const [first, second, silent] = topic.reputers
    if (first === undefined || second === undefined || silent === undefined) throw new Error('too few reputers')
    topic.mineTo(place.nonce + 7n)
    const truths: Sealed = topic.reputers.map((who) => [who, sealTruth(who, place, '21')])
    topic.mustBlock(...commitsOf(truths))
    topic.mineTo(place.nonce + 9n)
    topic.mustBlock(...revealsOf(truths.slice(0, 2)))
    expect(getRecord(stateOf(topic), 1n, place.nonce)).toBeUndefined()
    topic.mineTo(place.nonce + 11n)
    expect(getRecord(stateOf(topic), 1n, place.nonce)).toMatchObject({
      status: 'settled',
      unrevealed: { inferers: [at(topic.workers, 2).address], forecasters: [], reputers: [silent.address] },
    })
    expect(burned(topic)).toBe(2n * BOND)
  })

  it('take forecasts as well, each role with a commitment and a bond of its own', () => {
    const topic = openSealed()
    const place = placeOf(topic)
    const [seer = topic.creator] = topic.workers
    const work = sealAll(topic, ['20', '21', '22'])
    const elements = topic.workers.map(({ address: inferer }) => ({ inferer, value: '-1' }))
    const forecast = sealForecast(seer, place, elements)
    commitAll(topic, [...work, [seer, forecast]])
    expect(held(topic)).toBe(4n * BOND)
    topic.mustBlock(...revealsOf([...work, [seer, forecast]]))
    expect(getSubmissions(stateOf(topic), place).forecasts).toMatchObject([{ forecaster: seer.address }])
    expect(getAnswer(stateOf(topic), 1n, place.nonce)).toMatchObject({ height: place.nonce + 3n })
  })

  it('let a commitment be replaced until its window closes; the last one counts, for one bond', () => {
    const topic = openSealed()
    const [who = topic.creator] = topic.workers
    const [early, late] = [sealInference(who, placeOf(topic), '1'), sealInference(who, placeOf(topic), '2')]
    topic.mustBlock([who, early.commit], [who, late.commit])
    expect(held(topic)).toBe(BOND)
    topic.mineTo(topic.first + 2n)
    expect(send(topic, who, early.reveal)).toMatchObject({ code: 208 })
    expect(send(topic, who, late.reveal)).toMatchObject({ code: 0 })
    expect(getSubmissions(stateOf(topic), placeOf(topic)).inferences).toMatchObject([{ values: [2] }])
  })

  it('close at once where nobody commits', () => {
    const topic = openSealed()
    topic.mineTo(topic.first + 2n)
    expect(getOpenEpoch(stateOf(topic), 1n, topic.first)).toMatchObject({ workClosed: true, answered: false })
    topic.mineTo(topic.first + 9n)
    expect(getRecord(stateOf(topic), 1n, topic.first)).toMatchObject({
      status: 'void',
      settledHeight: topic.first + 9n,
    })
  })
})

describe('VT-2 what is refused', () => {
  const refusal = (topic: TestTopic, who: TestActor, message: Parameters<typeof send>[2]): string => {
    const { code, log } = send(topic, who, message)
    return `${code} ${log}`
  }

  it('G03 a copied commitment, which nobody can open: the author is inside', () => {
    const topic = openSealed()
    const [honest = topic.creator, thief = topic.creator] = topic.workers
    const { commit, reveal } = sealInference(honest, placeOf(topic), '20')
    const stolen = { ...commit, value: { ...commit.value, sender: thief.address } } as typeof commit
    topic.mustBlock([honest, commit], [thief, stolen])
    topic.mineTo(topic.first + 2n)
    const copied = sealInference(thief, placeOf(topic), '20', saltOf('20')).reveal
    expect(refusal(topic, thief, copied)).toMatch(/^208 what allo1\w+ reveals as inferer for nonce \d+ is not what/)
    expect(send(topic, honest, reveal).code).toBe(0)
    topic.mineTo(topic.first + 4n)
    expect(burned(topic)).toBe(BOND)
  })

  it("G03 a copied reveal and somebody else's reveal", () => {
    const topic = openSealed()
    const [honest = topic.creator, thief = topic.creator] = topic.workers
    const { commit, reveal } = sealInference(honest, placeOf(topic), '20')
    topic.mustBlock([honest, commit])
    topic.mineTo(topic.first + 2n)
    const taken = { ...reveal, value: { ...reveal.value, sender: thief.address } } as typeof reveal
    expect(refusal(topic, thief, taken)).toMatch(/^71 .*inference\.inferer must be the worker/)
    expect(refusal(topic, thief, sealInference(thief, placeOf(topic), '20').reveal)).toMatch(/^207 .*has no commitment/)
  })

  it.each([
    ['a wrong salt', (who: TestActor, place: SealedPlace) => sealInference(who, place, '20', saltOf('other')).reveal],
    ['a wrong payload', (who: TestActor, place: SealedPlace) => sealInference(who, place, '21', saltOf('20')).reveal],
  ])('%s; the right one is taken after it', (_name, wrong) => {
    const topic = openSealed()
    const [who = topic.creator] = topic.workers
    const { commit, reveal } = sealInference(who, placeOf(topic), '20')
    topic.mustBlock([who, commit])
    topic.mineTo(topic.first + 2n)
    expect(refusal(topic, who, wrong(who, placeOf(topic)))).toMatch(/^208 /)
    expect(send(topic, who, reveal).code).toBe(0)
  })

  it.each([
    ['topic', { topicId: 2n }],
    ['epoch', { nonce: 999n }],
  ])('G03 a commitment that was made for another %s', (_name, other) => {
    const topic = openSealed()
    const [who = topic.creator] = topic.workers
    const { commit } = sealInference(who, { ...placeOf(topic), ...other }, '20')
    topic.mustBlock([who, { ...commit, value: { ...commit.value, ...placeOf(topic) } } as typeof commit])
    topic.mineTo(topic.first + 2n)
    expect(refusal(topic, who, sealInference(who, placeOf(topic), '20').reveal)).toMatch(/^208 /)
  })

  it('G03 a commitment as inferer that was made as forecaster', () => {
    const topic = openSealed()
    const [who = topic.creator] = topic.workers
    const { commit } = sealForecast(who, placeOf(topic), [])
    topic.mustBlock([who, { ...commit, value: { ...commit.value, role: 'inferer' } } as typeof commit])
    topic.mineTo(topic.first + 2n)
    expect(refusal(topic, who, sealInference(who, placeOf(topic), '20').reveal)).toMatch(/^208 /)
    expect(refusal(topic, who, sealForecast(who, placeOf(topic), []).reveal)).toMatch(/^(77|207) /)
  })

  it('a reveal in the commit window and after its own, also by who has revealed, and a commitment after its own', () => {
    const topic = openSealed()
    const [who = topic.creator, slow = topic.creator] = topic.workers
    const pair = sealInference(who, placeOf(topic), '20')
    const later = sealInference(slow, placeOf(topic), '21')
    topic.mustBlock([who, pair.commit], [slow, later.commit])
    expect(refusal(topic, who, pair.reveal)).toMatch(/^206 reveal window not available/)
    expect(refusal(topic, who, pair.commit)).toMatch(/^205 commit window not available/)
    expect(send(topic, who, pair.reveal).code).toBe(0)
    expect(refusal(topic, who, pair.reveal)).toMatch(/^206 /)
    expect(refusal(topic, slow, later.reveal)).toMatch(/^206 .*now \d+$/)
  })

  it('a value outside the domain, with the bond lost in the end', () => {
    const topic = openSealed()
    const [who = topic.creator] = topic.workers
    const { commit, reveal } = sealInference(who, placeOf(topic), '1e9')
    topic.mustBlock([who, commit])
    topic.mineTo(topic.first + 2n)
    expect(refusal(topic, who, reveal)).toMatch(/^71 .*in the domain of the topic/)
    topic.mineTo(topic.first + 4n)
    expect(burned(topic)).toBe(BOND)
  })

  it('plain submissions to a sealed topic, and sealed ones to a plain topic', () => {
    const topic = openSealed()
    const [who = topic.creator] = topic.workers
    const [reputer = topic.creator] = topic.reputers
    expect(refusal(topic, who, messages.infer(who, 1n, topic.first, '20'))).toMatch(/^204 .*commit first, then reveal/)
    expect(refusal(topic, reputer, messages.truth(reputer, 1n, topic.first, '20'))).toMatch(/^204 /)
    const plain = openTestTopic()
    const [other = plain.creator] = plain.workers
    const { commit, reveal } = sealInference(other, placeOf(plain), '20')
    expect(refusal(plain, other, commit)).toMatch(/^203 .*send the payload itself/)
    expect(refusal(plain, other, reveal)).toMatch(/^203 /)
  })

  it('a commitment of somebody who is not registered, or cannot pay the bond', () => {
    const topic = openSealed({ policy: { bond: (10n ** 30n).toString() } })
    const [who = topic.creator] = topic.workers
    expect(refusal(topic, who, sealInference(who, placeOf(topic), '20').commit)).toMatch(/insufficient funds/i)
    const { creator } = topic
    expect(refusal(topic, creator, sealInference(creator, placeOf(topic), '20').commit)).toMatch(/^13 .*register first/)
  })
})

describe('VT-2 G28 the order inside a block', () => {
  const places = { maxTopInferersToReward: '2', maxTopReputersToReward: '2' }
  const hashAfter = (order: readonly number[]): string => {
    const topic = openSealed({ workers: 4, params: places })
    const work = sealAll(topic, ['20', '21', '22', '23'])
    topic.block(...order.map((i) => at(commitsOf(work), i)))
    topic.mineTo(topic.first + 2n)
    topic.block(...order.toReversed().map((i) => at(revealsOf(work), i)))
    topic.mineTo(topic.first + 4n)
    return topic.chain.application.info().appHash.join()
  }

  it('does not matter, be there too few places or not', () => {
    const expected = hashAfter([0, 1, 2, 3])
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(orders, (order) => {
        expect(hashAfter(order)).toBe(expected)
      }),
      { numRuns: 24 },
    )
  })

  it('gives places by lot among equals; who finds none pays no bond and may not try again', () => {
    const topic = openSealed({ workers: 4, params: places })
    const work = sealAll(topic, ['20', '21', '22', '23'])
    topic.mustBlock(...commitsOf(work))
    const members = listCommitments(stateOf(topic), 'inferer', placeOf(topic)).map(({ author }) => author)
    expect(members).toHaveLength(2)
    expect(held(topic)).toBe(2n * BOND)
    topic.mustBlock(...commitsOf(work))
    expect(listCommitments(stateOf(topic), 'inferer', placeOf(topic)).map(({ author }) => author)).toEqual(members)
    for (const { address } of topic.workers) {
      expect(getMerit(stateOf(topic), 'inferer', 1n, address)?.blockHeight).toBe(topic.first)
    }
  })

  it('of reputers the stake decides', () => {
    const topic = openSealed({ params: places, stakes: [10n ** 20n, 3n * 10n ** 20n, 2n * 10n ** 20n] })
    const place = placeOf(topic)
    topic.mineTo(place.nonce + 7n)
    const truths: Sealed = topic.reputers.map((who) => [who, sealTruth(who, place, '21')])
    topic.mustBlock(...commitsOf(truths))
    const authors = listCommitments(stateOf(topic), 'reputer', place).map(({ author }) => author)
    expect(authors).toEqual([at(topic.reputers, 1).address, at(topic.reputers, 2).address])
  })
})

describe('VT-9 epochs settle in the order of their nonces', () => {
  it('though each closes as early as it can, as their truth windows follow one another', () => {
    const topic = openSealed({ epochLength: 5n, groundTruthLag: 10n, policy: { truthRevealWindow: 3n } })
    const { first } = topic
    const nonces = [first, first + 5n, first + 10n]
    topic.mineTo(first + 25n)
    const records = nonces.map((nonce) => getRecord(stateOf(topic), 1n, nonce))
    expect(records.map((record) => record?.settledHeight)).toEqual(nonces.map((nonce) => nonce + 12n))
    expect(records.map((record) => record?.previousNonce)).toEqual([0n, first, first + 5n])
  })
})
