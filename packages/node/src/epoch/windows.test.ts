import { describe, expect, it } from 'vitest'
import { attest, openTestTopic, predict, send, type TestTopic } from '../app/testing/openTestTopic.ts'
import { messages, referenceRules } from '../app/testing/testMessages.ts'
import { testActors } from '../app/testing/testNetwork.ts'
import { getOpenEpoch, listOpenEpochs } from '../modules/epochs/view.ts'
import { getEpochCounts, getRecord, listRecordNonces } from '../modules/rewards/view.ts'
import { getAnswer } from '../modules/synthesis/view.ts'
import { getNextEpoch } from '../modules/topics/view.ts'

const stateOf = (topic: TestTopic) => topic.chain.stores

/** What happens to one inference of each worker, the i-th sent in the i-th height after the nonce. */
function inferAt(topic: TestTopic, nonce: bigint, after: readonly bigint[]): readonly string[] {
  return after.map((blocks, i) => {
    topic.mineTo(nonce + blocks - 1n)
    const worker = topic.workers[i]
    if (worker === undefined) throw new Error('too few workers')
    const { code, log } = send(topic, worker, messages.infer(worker, 1n, nonce, '20'))
    return code === 0 ? 'taken' : log
  })
}

describe('a worker window of C+1 … C+WSW', () => {
  it('FL-01 of 10 blocks takes h+1, h+5, h+9 and h+10, and says at h+11 when it closed', () => {
    const topic = openTestTopic({ epochLength: 20n, workerSubmissionWindow: 10n, workers: 5, policy: referenceRules })
    const nonce = topic.first
    const epoch = getOpenEpoch(stateOf(topic), 1n, nonce)
    expect(epoch).toMatchObject({ workerOpen: nonce + 1n, workerClose: nonce + 10n })
    const results = inferAt(topic, nonce, [1n, 5n, 9n, 10n, 11n])
    expect(results.slice(0, 4)).toEqual(['taken', 'taken', 'taken', 'taken'])
    expect(results[4]).toContain(`window closed at block ${nonce + 10n}, now ${nonce + 11n}`)
    expect(getAnswer(stateOf(topic), 1n, nonce)).toMatchObject({ height: nonce + 10n, contributors: 4 })
  })

  it('is not open in block C itself, where the nonce appears at the end', () => {
    const topic = openTestTopic({ workers: 1 })
    topic.mineTo(topic.first + 4n)
    const [worker] = topic.workers
    if (worker === undefined) throw new Error('no worker')
    const { code, log } = send(topic, worker, messages.infer(worker, 1n, topic.first + 5n, '1'))
    expect(code).toBe(75)
    expect(log).toContain('open nonces: none')
    expect(getOpenEpoch(stateOf(topic), 1n, topic.first + 5n)).toBeDefined()
  })

  it('of one block takes that block alone', () => {
    const topic = openTestTopic({ workerSubmissionWindow: 1n, workers: 2 })
    const [taken, late] = inferAt(topic, topic.first, [1n, 2n])
    expect(taken).toBe('taken')
    expect(late).toContain('worker nonce window not available')
  })

  it('of a whole epoch closes in the block in which the next nonce appears, and both keep apart', () => {
    const topic = openTestTopic({ workerSubmissionWindow: 5n, workers: 3 })
    const { first } = topic
    expect(inferAt(topic, first, [1n, 5n])).toEqual(['taken', 'taken'])
    expect(getAnswer(stateOf(topic), 1n, first)).toMatchObject({ height: first + 5n, contributors: 2 })
    expect(listOpenEpochs(stateOf(topic), 1n).map(({ nonce }) => nonce)).toEqual([first, first + 5n])
    const [worker] = topic.workers
    if (worker === undefined) throw new Error('no worker')
    expect(send(topic, worker, messages.infer(worker, 1n, first, '1')).code).toBe(67)
    expect(send(topic, worker, messages.infer(worker, 1n, first + 5n, '1')).code).toBe(0)
    topic.mineTo(first + 10n)
    expect(getAnswer(stateOf(topic), 1n, first + 5n)).toMatchObject({ height: first + 10n, contributors: 1 })
  })
})

describe('VT-2 a truth window of C+GTL+1 … C+GTL+E', () => {
  const told = (blocks: bigint): string => {
    const topic = openTestTopic({ epochLength: 5n, groundTruthLag: 7n })
    const { first, reputers } = topic
    predict(topic, first, ['20'])
    topic.mineTo(first + blocks - 1n)
    const [reputer] = reputers
    if (reputer === undefined) throw new Error('no reputer')
    const { code, log } = send(topic, reputer, messages.truth(reputer, 1n, first, '20'))
    return code === 0 ? 'taken' : `${code} ${log}`
  }

  it('is shut while workers may still submit', () => {
    expect(told(3n)).toMatch(/^45 nonce still unfulfilled: the truth of \d+ is taken from block \d+ on, now \d+$/)
  })

  it.each([4n, 7n])('is not open yet at C+%d', (blocks) => {
    expect(told(blocks)).toMatch(/^68 reputer nonce window not available/)
  })

  it.each([8n, 12n])('takes C+%d', (blocks) => expect(told(blocks)).toBe('taken'))

  it('is over at C+GTL+E+1, as the epoch is closed', () => {
    expect(told(13n)).toMatch(/^75 unfulfilled nonce not found: topic 1 does not wait for \d+; open nonces: /)
  })

  it('settles at the end of its last block and not before', () => {
    const topic = openTestTopic({ epochLength: 5n, groundTruthLag: 7n })
    const { first } = topic
    predict(topic, first, ['20', '21', '22'])
    topic.mineTo(first + 7n)
    topic.mustBlock(...topic.reputers.map((actor) => [actor, messages.truth(actor, 1n, first, '20')] as const))
    topic.mineTo(first + 11n)
    expect(getRecord(stateOf(topic), 1n, first)).toBeUndefined()
    topic.mineTo(first + 12n)
    expect(getRecord(stateOf(topic), 1n, first)).toMatchObject({ status: 'settled', settledHeight: first + 12n })
  })
})

describe('a ground truth far behind, GTL = 4E + 1', () => {
  it('lets nonces wait side by side, each with the state of its own publication', () => {
    const topic = openTestTopic({ epochLength: 5n, groundTruthLag: 21n })
    const { first } = topic
    const nonces = Array.from({ length: 9 }, (_, i) => first + BigInt(i) * 5n)
    const known = { most: 0 }
    for (const nonce of [...nonces, ...nonces.map((other) => other + 45n)]) {
      topic.mineTo(nonce)
      known.most = Math.max(known.most, listOpenEpochs(stateOf(topic), 1n).length)
      // The truth window of C is C+22 … C+26.
      const due = nonce - 25n
      if (nonces.includes(due)) {
        const reports = topic.reputers.map((actor) => [actor, messages.truth(actor, 1n, due, '5')] as const)
        topic.mustBlock(...reports)
      }
      if (nonces.includes(nonce)) predict(topic, nonce, [`${nonce % 7n}`, '5', '6'])
    }
    expect(known.most).toBe(6)
    const records = nonces.map((nonce) => getRecord(stateOf(topic), 1n, nonce))
    expect(records.map((record) => record?.status)).toEqual(nonces.map(() => 'settled'))
    expect(records.map((record) => record?.settledHeight)).toEqual(nonces.map((nonce) => nonce + 26n))
    // Six epochs were published before anything had been settled.
    expect(new Set(records.slice(0, 5).map((record) => record?.stateAtPublication.join())).size).toBe(1)
    expect(new Set(records.map((record) => record?.stateBefore.join())).size).toBe(nonces.length)
  })
})

describe('a topic that leaves its grid', () => {
  it('keeps its open epochs and their windows while inactive, and opens new ones E after it came back', () => {
    const topic = openTestTopic({
      epochLength: 20n,
      groundTruthLag: 30n,
      admins: testActors('admin', 1),
      others: testActors('admin', 1),
    })
    const { first, chain } = topic
    const [admin] = testActors('admin', 1)
    if (admin === undefined) throw new Error('no admin')
    predict(topic, first, ['20', '21', '22'])
    topic.mustBlock([admin, messages.updateParams(admin, { minTopicWeight: ['1000000000000000000000000000000'] })])
    topic.mineTo(first + 20n)
    expect(getNextEpoch(chain.stores, 1n)).toBe(0n)
    expect(listOpenEpochs(chain.stores, 1n).map(({ nonce }) => nonce)).toEqual([first])
    topic.mineTo(first + 23n)
    topic.mustBlock([admin, messages.updateParams(admin, { minTopicWeight: ['100'] })])
    const back = topic.height()
    expect(getNextEpoch(chain.stores, 1n)).toBe(back + 20n)
    attest(topic, first, ['20', '20', '20'])
    expect(getRecord(chain.stores, 1n, first)).toMatchObject({ status: 'settled', settledHeight: first + 50n })
    expect(listOpenEpochs(chain.stores, 1n).map(({ nonce }) => nonce)).toEqual([back + 20n])
    expect((back + 20n - first) % 20n).not.toBe(0n)
    topic.mineTo(back + 20n + 50n)
    expect(getRecord(chain.stores, 1n, back + 20n)?.status).toBe('void')
  })
})

describe('several topics in one block', () => {
  it('open, answer and settle together, and a full bucket gives its lightest place to a heavier topic', () => {
    const admin = testActors('admin', 1)
    const topic = openTestTopic({ admins: admin, others: admin, params: { maxActiveTopicsPerBlock: '3' } })
    const { creator, chain, reputers, first } = topic
    const state = chain.stores
    // Three more topics, staked alike and funded by different amounts, all in the first topic's bucket.
    topic.mustBlock(...[1, 2, 3].map(() => [creator, messages.createTopic(creator)] as const))
    topic.mineTo(first + 4n)
    const [reputer] = reputers
    if (reputer === undefined) throw new Error('no reputer')
    const fund = (id: bigint, amount: bigint) =>
      [
        reputer,
        messages.register(reputer, id, true),
        messages.addStake(reputer, id, 10n ** 18n),
        messages.fund(reputer, id, amount),
      ] as const
    topic.mustBlock(fund(2n, 1000n), fund(3n, 10n ** 6n))
    expect([1n, 2n, 3n].map((id) => getNextEpoch(state, id))).toEqual([first + 10n, first + 10n, first + 10n])
    topic.mineTo(first + 9n)
    expect([1n, 2n, 3n].map((id) => listOpenEpochs(state, id).length)).toEqual([2, 0, 0])
    topic.mineTo(first + 10n)
    expect([1n, 2n, 3n].map((id) => listOpenEpochs(state, id).length)).toEqual([2, 1, 1])
    topic.mustBlock(fund(4n, 10n))
    topic.mineTo(first + 14n)
    expect(getNextEpoch(state, 4n)).toBe(first + 16n)
    topic.mineTo(first + 40n)
    expect(getEpochCounts(state, 2n).void).toBeGreaterThan(3n)
    expect(getEpochCounts(state, 2n).void).toBe(getEpochCounts(state, 3n).void)
    expect(listRecordNonces(state, 4n, { after: 0n, limit: 3 })[0]).toBe(first + 16n)
  })

  it('gives a full bucket to an equal or heavier newcomer, and keeps a lighter one out', () => {
    const topic = openTestTopic({ params: { maxActiveTopicsPerBlock: '1' } })
    const { creator, chain, reputers } = topic
    const [reputer] = reputers
    if (reputer === undefined) throw new Error('no reputer')
    topic.mustBlock(...[2, 3, 4].map(() => [creator, messages.createTopic(creator)] as const))
    const join = (id: bigint, amount: bigint) =>
      [
        reputer,
        messages.register(reputer, id, true),
        messages.addStake(reputer, id, 10n ** 18n),
        messages.fund(reputer, id, amount),
      ] as const
    const next = (): readonly bigint[] => [2n, 3n, 4n].map((id) => getNextEpoch(chain.stores, id))
    // All in one block, and so all in one bucket: the second as heavy as the first, the third lighter.
    topic.mustBlock(join(2n, 10n ** 6n), join(3n, 10n ** 6n), join(4n, 10n ** 5n))
    expect(next()).toEqual([0n, topic.height() + 5n, 0n])
    const at = topic.height() + 5n
    topic.mustBlock([creator, messages.fund(creator, 4n, 10n ** 7n)])
    expect(next()).toEqual([0n, at, at + 1n])
  })
})

describe('AUD-H8 AUD-M28 AUD-M30 AUD-M31 more epochs that are due in one block than it may take', () => {
  it('are settled four for each that may open, the longest due first, and the rest in the next block', () => {
    const topic = openTestTopic({ params: { maxActiveTopicsPerBlock: '1' }, epochLength: 20n, groundTruthLag: 500n })
    const { creator, chain, reputers } = topic
    const [reputer] = reputers
    if (reputer === undefined) throw new Error('no reputer')
    const ids = [2n, 3n, 4n, 5n, 6n, 7n]
    topic.mustBlock(
      ...ids.map((id) => {
        const windows = { epochLength: 20n, groundTruthLag: 40n - id, workerSubmissionWindow: 20n }
        return [creator, messages.createTopic(creator, windows)] as const
      }),
    )
    // One in each block, each with a shorter way to its truth than the one before: all end in one block.
    for (const id of ids) {
      const staking = [messages.register(reputer, id, true), messages.addStake(reputer, id, 10n ** 18n)]
      topic.mustBlock([reputer, ...staking, messages.fund(reputer, id, 10n ** 6n)])
    }
    const nonces = ids.map((id) => getNextEpoch(chain.stores, id))
    const due = (nonces[0] ?? 0n) + 38n + 20n
    expect(nonces.map((nonce, i) => nonce + 40n - (ids[i] ?? 0n) + 20n)).toEqual(ids.map(() => due))
    topic.mineTo(due + 1n)
    const settled = ids.map((id, i) => getRecord(chain.stores, id, nonces[i] ?? 0n)?.settledHeight)
    expect(settled).toEqual([due, due, due, due, due + 1n, due + 1n])
  })
})
