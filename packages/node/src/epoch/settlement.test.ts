import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { describe, expect, it } from 'vitest'
import { ALLO, attest, openTestTopic, predict, send, type TestTopic } from '../app/testing/openTestTopic.ts'
import { type TestActor, testActor } from '../app/testing/testChain.ts'
import { messages, referenceRules } from '../app/testing/testMessages.ts'
import { getBalance, setBalance } from '../modules/bank/view.ts'
import { listOpenEpochs } from '../modules/epochs/view.ts'
import { getEarmarked, getEpochCounts, getRecord } from '../modules/rewards/view.ts'
import { getAnswer, getStateBytes, putStateBytes } from '../modules/synthesis/view.ts'

const recordOf = (topic: TestTopic, nonce: bigint = topic.first) => getRecord(topic.chain.stores, 1n, nonce)

/** Coins that a role was paid in an epoch. */
function paid(topic: TestTopic, role: string, nonce: bigint = topic.first): bigint {
  const payouts = recordOf(topic, nonce)?.payouts ?? []
  return payouts.filter((payout) => payout.role === role).reduce((sum, { amount }) => sum + BigInt(amount), 0n)
}

describe('AUD-H10 FL-05 an epoch without inferences', () => {
  it('is void: nobody is paid, its pot goes back to the ecosystem, and the next one settles', () => {
    const topic = openTestTopic()
    const { stores } = topic.chain
    attest(topic, topic.first, ['20', '20', '20'])
    const record = recordOf(topic)
    expect(record).toMatchObject({ status: 'void', reason: 'no inference', payouts: [] })
    expect(BigInt(record?.pot ?? 0)).toBeGreaterThan(0n)
    expect(record?.unpaid).toBe(record?.pot)
    expect(record?.stateAfter).toEqual(record?.stateBefore)
    expect(getAnswer(stores, 1n, topic.first)).toBeUndefined()
    const events = JSON.stringify(topic.block().events, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
    expect(events).not.toContain('NaN')
    const next = topic.height() + 4n
    topic.mineTo(next)
    predict(topic, next, ['20', '21', '22'])
    attest(topic, next, ['20', '20', '20'])
    expect(recordOf(topic, next)).toMatchObject({ status: 'settled' })
    expect(getStateBytes(stores, 1n)).toBeDefined()
  })

  it('returns its pot in the block that closes it', () => {
    const topic = openTestTopic()
    const { stores } = topic.chain
    const held = (): bigint => getBalance(stores, moduleAddresses.ecosystem)
    topic.mineTo(topic.first + 8n)
    const before = held()
    topic.mineTo(topic.first + 9n)
    const spent = before - held()
    topic.mineTo(topic.first + 10n)
    const pot = BigInt(recordOf(topic)?.pot ?? 0)
    expect(pot).toBeGreaterThan(0n)
    // With it the validators' quarter of what is not minted, a third of the pot. SPEC PW-2
    expect(held()).toBe(before - 2n * spent + pot + pot / 3n)
    expect(getEarmarked(stores)).toBe(
      listOpenEpochs(stores, 1n).reduce((sum, { pot: promised }) => sum + BigInt(promised), 0n),
    )
  })

  it('but with exactly one gives that worker the whole reward of its class, a score of 0 and no merit', () => {
    const topic = openTestTopic({ policy: referenceRules })
    predict(topic, topic.first, ['19'])
    attest(topic, topic.first, ['20', '20', '20'])
    const record = recordOf(topic)
    const [worker] = topic.workers
    expect(record).toMatchObject({
      status: 'settled',
      fractions: { inferers: [{ address: worker?.address, value: 1 }] },
    })
    expect(paid(topic, 'inferer')).toBeGreaterThan(0n)
    const rest = BigInt(record?.pot ?? 0) - paid(topic, 'inferer') - paid(topic, 'reputer')
    expect(rest).toBe(BigInt(record?.unpaid ?? -1))
    expect(rest).toBeLessThan(10n)
    expect(getAnswer(topic.chain.stores, 1n, topic.first)).toMatchObject({ values: [19], contributors: 1, spread: 0 })
  })
})

describe('SPEC VT-3 an epoch is contested, and nobody is paid,', () => {
  const contested = (topic: TestTopic, truths: readonly (string | undefined)[], reason: string): void => {
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, truths)
    const record = recordOf(topic)
    expect(record).toMatchObject({ status: 'contested', reason, payouts: [] })
    expect(record?.stateAfter).toEqual(record?.stateBefore)
    expect(record?.unpaid).toBe(record?.pot)
    expect(getEpochCounts(topic.chain.stores, 1n)).toMatchObject({ contested: 1n, settled: 0n })
  }

  it('with too few reputers', () => contested(openTestTopic(), ['20'], 'too few reputers'))
  it('without any', () => contested(openTestTopic(), [], 'too few reputers'))
  it('with less than the policy’s stake', () => {
    contested(
      openTestTopic({ policy: { minStake: (3001n * ALLO).toString() } }),
      ['20', '20', '20'],
      'too little stake',
    )
  })
  it('where nobody agrees within the tolerance', () => {
    contested(openTestTopic(), ['20', '21', '22'], 'no majority agrees')
  })
  it('where exactly half agrees', () => {
    contested(openTestTopic({ stakes: [ALLO, ALLO, 2n * ALLO] }), ['20', '20', '25'], 'no majority agrees')
  })
  it('where half of the stake is missing and the rest is below the least', () => {
    const topic = openTestTopic({
      policy: { minStake: (2000n * ALLO).toString() },
      stakes: [1500n * ALLO, ALLO, 1500n * ALLO],
    })
    contested(topic, ['20', '20', undefined], 'too little stake')
  })
  it('where stake leaves between the report and the end of the window', () => {
    const topic = openTestTopic({ policy: { minReputers: 3n } })
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 5n)
    topic.mustBlock(...topic.reputers.map((actor) => [actor, messages.truth(actor, 1n, topic.first, '20')] as const))
    const [leaver] = topic.reputers
    if (leaver === undefined) throw new Error('no reputer')
    topic.mustBlock([leaver, messages.removeStake(leaver, 1n, 1000n * ALLO)])
    topic.mineTo(topic.first + 10n)
    expect(recordOf(topic)).toMatchObject({ status: 'contested', reason: 'too few reputers' })
    expect(recordOf(topic)?.reports.map(({ stake }) => stake)).toContain('0')
  })
})

describe('SPEC VT-3 one reputer with 99 % of the stake', () => {
  it('weighs a third in the median but is the majority: what it says stands, and nobody else has a part', () => {
    const topic = openTestTopic({
      stakes: [99n * ALLO, ALLO / 2n, ALLO / 2n],
      policy: { ...referenceRules, minReputers: 3n },
    })
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, ['30', '20', '20'])
    const record = recordOf(topic)
    expect(record).toMatchObject({ status: 'settled', truth: 30 })
    expect(record?.fractions?.reputers.map(({ value }) => value)).toEqual([1, 0, 0])
    // One that takes all leaves its class without entropy, and so without a part of the pot. SPEC math 11.4
    expect(paid(topic, 'reputer')).toBe(0n)
  })

  it('cannot settle anything alone', () => {
    const topic = openTestTopic({ stakes: [99n * ALLO, ALLO / 2n, ALLO / 2n] })
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, ['30'])
    expect(recordOf(topic)).toMatchObject({ status: 'contested', reason: 'too few reputers' })
  })

  it('pays by stake × closeness', () => {
    const topic = openTestTopic({ stakes: [600n * ALLO, 300n * ALLO, 100n * ALLO] })
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, ['20', '20.25', '20'])
    const shares = recordOf(topic)?.fractions?.reputers.map(({ value }) => value) ?? []
    const weights = [600 * 1, 300 * 0.5, 100 * 1]
    const sum = weights.reduce((a, b) => a + b, 0)
    expect(shares).toHaveLength(3)
    for (const [i, weight] of weights.entries()) expect(shares[i]).toBeCloseTo(weight / sum, 12)
  })
})

describe('a topic with labels', () => {
  const labels = ['down', 'flat', 'up']
  const policy = { loss: 'cross-entropy', labels, domainLowest: '', domainHighest: '', tolerance: '' }

  it('takes probabilities that sum to one, settles by the majority’s label, and pays', () => {
    const topic = openTestTopic({ policy })
    const [a, b, c] = topic.workers
    if (a === undefined || b === undefined || c === undefined) throw new Error('three workers')
    const nonce = topic.first
    topic.mustBlock(
      [a, messages.inferLabels(a, 1n, nonce, { up: '0.7', down: '0.1', flat: '0.2' })],
      [b, messages.inferLabels(b, 1n, nonce, { down: '0.8', flat: '0.1', up: '0.1' })],
    )
    const wrong: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{ down: '0.5', flat: '0.5', up: '0.5' }, 'do not sum to 1'],
      [{ down: '0.5', flat: '0.5' }, 'one value for each of down, flat, up'],
      [{ down: '0.5', flat: '0.5', UP: '0' }, 'one value for each of down, flat, up'],
      [{ down: '1.5', flat: '-0.5', up: '0' }, 'outside 0 to 1'],
      [{ down: 'NaN', flat: '0.5', up: '0.5' }, 'inference.values[0].value must be a decimal number'],
    ]
    const tried = topic.block(
      ...wrong.map(([values]) => [c, messages.inferLabels(c, 1n, nonce, values)] as const),
    ).txResults
    for (const [i, [, log]] of wrong.entries()) {
      expect(tried[i]).toMatchObject({ codespace: 'emissions', code: 71, log: expect.stringContaining(log) })
    }
    topic.mineTo(nonce + 5n)
    const [r] = topic.reputers
    if (r === undefined) throw new Error('no reputer')
    expect(send(topic, r, messages.truthLabel(r, 1n, nonce, 'sideways')).log).toContain('one of down, flat, up')
    expect(send(topic, r, messages.truth(r, 1n, nonce, '1')).log).toContain('value must be empty')
    topic.mustBlock(...topic.reputers.map((actor) => [actor, messages.truthLabel(actor, 1n, nonce, 'up')] as const))
    topic.mineTo(nonce + 10n)
    expect(recordOf(topic)).toMatchObject({ status: 'settled', truthLabel: 'up' })
    expect(recordOf(topic)?.truth).toBeUndefined()
    expect(recordOf(topic)?.losses?.inferers.map(({ value }) => value)).toEqual([-Math.log(0.7), -Math.log(0.1)])
  })

  it('is contested where no label has more than half of the stake', () => {
    const topic = openTestTopic({ policy })
    const [a] = topic.workers
    if (a === undefined) throw new Error('no worker')
    topic.mustBlock([a, messages.inferLabels(a, 1n, topic.first, { up: '1', down: '0', flat: '0' })])
    topic.mineTo(topic.first + 5n)
    topic.mustBlock(
      ...topic.reputers.map(
        (actor, i) => [actor, messages.truthLabel(actor, 1n, topic.first, labels[i] ?? '')] as const,
      ),
    )
    topic.mineTo(topic.first + 10n)
    expect(recordOf(topic)).toMatchObject({ status: 'contested', reason: 'no majority agrees' })
  })
})

describe('SPEC VT-5 a topic about quantiles', () => {
  it('takes one ascending value for each level, and pays by the mean pinball loss', () => {
    const topic = openTestTopic({ policy: { loss: 'crps', levels: ['0.1', '0.5', '0.9'] } })
    const [a, b, c] = topic.workers
    if (a === undefined || b === undefined || c === undefined) throw new Error('three workers')
    const nonce = topic.first
    const predicting = (actor: TestActor, values: Readonly<Record<string, string>>) =>
      [actor, messages.inferLabels(actor, 1n, nonce, values)] as const
    const results = topic.block(
      predicting(a, { '0.9': '22', '0.1': '18', '0.5': '20' }),
      predicting(b, { '0.1': '20', '0.5': '20', '0.9': '20' }),
      predicting(c, { '0.1': '21', '0.5': '20', '0.9': '22' }),
      predicting(c, { '0.1': '18', '0.5': '20' }),
      predicting(c, { '0.1': '18', '0.50': '20', '0.9': '22' }),
    ).txResults
    expect(results.map(({ code }) => code)).toEqual([0, 0, 71, 71, 71])
    expect(results[2]?.log).toContain('The quantiles are not ascending')
    attest(topic, nonce, ['20', '20', '20'])
    const record = recordOf(topic)
    expect(record).toMatchObject({ status: 'settled', truth: 20, network: { naive: [19, 20, 21] } })
    const losses = new Map(record?.losses?.inferers.map(({ address, value }) => [address, value]))
    expect(losses.get(a.address)).toBeCloseTo((2 * (0.1 * 2 + 0 + 0.1 * 2)) / 3, 12)
    expect(losses.get(b.address)).toBe(0)
  })
})

describe('a topic about an event', () => {
  const policy = { loss: 'log-loss', domainLowest: '', domainHighest: '', tolerance: '' }

  it('takes 0 or 1 as its truth and nothing between, and bears certainty that was wrong', () => {
    const topic = openTestTopic({ policy })
    predict(topic, topic.first, ['0', '1', '0.4'])
    topic.mineTo(topic.first + 5n)
    const [r] = topic.reputers
    if (r === undefined) throw new Error('no reputer')
    expect(send(topic, r, messages.truth(r, 1n, topic.first, '0.5')).log).toContain('value must be 0 or 1')
    attest(topic, topic.first, ['1', '1', '0'])
    const record = recordOf(topic)
    expect(record).toMatchObject({ status: 'settled', truth: 1 })
    expect(record?.losses?.inferers.every(({ value }) => Number.isFinite(value))).toBe(true)
    expect(record?.payouts.filter(({ role }) => role === 'reputer')).toHaveLength(2)
  })
})

describe('a poisoned topic', () => {
  const poisons: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
    ['cut short', (bytes) => bytes.slice(0, -3)],
    ['noise', () => Uint8Array.from({ length: 64 }, (_, i) => 255 - i)],
    [
      'a regret that is no number',
      (bytes) => {
        const state = decodeScoringState(bytes)
        return encodeScoringState({ ...state, initialRegret: Number.NaN })
      },
    ],
    [
      'an endless scale',
      (bytes) => encodeScoringState({ ...decodeScoringState(bytes), regretScale: Number.POSITIVE_INFINITY }),
    ],
    [
      'a mean of its truths that is no number',
      (bytes) => {
        const { verified, ...state } = decodeScoringState(bytes)
        if (!verified?.contribution) throw new Error('no contribution')
        const { contribution } = verified
        const baseline = { ...contribution.baseline, mean: Number.NaN }
        return encodeScoringState({ ...state, verified: { ...verified, contribution: { ...contribution, baseline } } })
      },
    ],
  ]

  it.each(poisons)('whose scoring state is %s voids its own epochs, while the others settle', (_name, poison) => {
    const other = testActor('other')
    const topic = openTestTopic({ others: [other] })
    const { stores } = topic.chain
    const { creator, reputers, workers } = topic
    topic.mustBlock([creator, messages.createTopic(creator)])
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 4n)
    topic.mustBlock(
      ...workers.map((actor) => [actor, messages.register(actor, 2n)] as const),
      ...reputers.map(
        (actor) =>
          [
            actor,
            messages.register(actor, 2n, true),
            messages.addStake(actor, 2n, ALLO),
            messages.fund(actor, 2n, ALLO),
          ] as const,
      ),
    )
    attest(topic, topic.first, ['20', '20', '20'])
    const bytes = getStateBytes(stores, 1n)
    if (bytes === undefined) throw new Error('no state')
    putStateBytes(stores, 1n, poison(bytes))

    const nonce = topic.first + 10n
    topic.mustBlock(
      ...workers.map(
        (actor, i) =>
          [actor, messages.infer(actor, 1n, nonce, `${20 + i}`), messages.infer(actor, 2n, nonce, '7')] as const,
      ),
    )
    topic.mineTo(nonce + 5n)
    topic.mustBlock(
      ...reputers.map(
        (actor) => [actor, messages.truth(actor, 1n, nonce, '20'), messages.truth(actor, 2n, nonce, '7')] as const,
      ),
    )
    topic.mineTo(nonce + 10n)
    expect(getAnswer(stores, 1n, nonce)).toBeUndefined()
    expect(recordOf(topic, nonce)).toMatchObject({
      status: 'void',
      reason: expect.stringContaining('what the topic’s scoring remembers cannot be read'.replace('’', "'")),
      payouts: [],
    })
    expect(getRecord(stores, 2n, nonce)).toMatchObject({ status: 'settled', truth: 7 })
    expect(getAnswer(stores, 2n, nonce)).toMatchObject({ values: [7] })

    // Whoever mends the bytes gets the topic back as it was.
    putStateBytes(stores, 1n, bytes)
    predict(topic, nonce + 10n, ['20', '21', '22'])
    attest(topic, nonce + 10n, ['20', '20', '20'])
    expect(recordOf(topic, nonce + 10n)).toMatchObject({ status: 'settled' })
  })

  it('does not hide a bug: coins that are missing stop the node', () => {
    const topic = openTestTopic()
    predict(topic, topic.first, ['20', '21', '22'])
    topic.mineTo(topic.first + 5n)
    topic.mustBlock(...topic.reputers.map((actor) => [actor, messages.truth(actor, 1n, topic.first, '20')] as const))
    topic.mineTo(topic.first + 9n)
    const rewards = moduleAddresses.allorarewards
    const { stores } = topic.chain
    setBalance(stores, rewards, 0n)
    expect(() => topic.chain.block()).toThrow(/insufficient funds|would be/)
  })
})
