import { explainEpoch } from '@starling/protocol/replay/explain/explainEpoch'
import type { Explanation, Line } from '@starling/protocol/replay/explain/types'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import type { ReplayTopic, ServedRecord } from '@starling/protocol/replay/types'
import { describe, expect, it } from 'vitest'
import { openSettledNetwork } from '../app/testing/openSettledNetwork.ts'
import { openTestTopic } from '../app/testing/openTestTopic.ts'
import { testActor } from '../app/testing/testChain.ts'
import { messages, referenceRules } from '../app/testing/testMessages.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { listServed } from './testing/replayTopic.ts'

/** One explanation for each epoch. */
function explainAll(topic: ReplayTopic, all: readonly ServedRecord[], address: string): readonly Explanation[] {
  return replayEpochs(topic, all).map(({ replayed, mismatches }, i) => {
    const record = all[i]?.record
    expect(mismatches).toEqual([])
    if (record === undefined || replayed === undefined) throw new Error('an epoch was not replayed')
    return explainEpoch(record, replayed, address)
  })
}

const numberOf = (line: Line, input: string): number => Number(line.inputs[input])

/** Formulas that need no more than the inputs of their line. */
const formulas: Readonly<Record<string, (line: Line) => number>> = {
  '(value - truth)^2': (line) => (numberOf(line, 'value') - numberOf(line, 'truth')) ** 2,
  'log10(loss + floor)': (line) => Math.log10(numberOf(line, 'loss') + numberOf(line, 'floor')),
  'alpha * (network - own) + (1 - alpha) * before': (line) =>
    numberOf(line, 'alpha') * (numberOf(line, 'network') - numberOf(line, 'own')) +
    (1 - numberOf(line, 'alpha')) * numberOf(line, 'before'),
  'log loss of the network without it - log loss of the network': (line) =>
    numberOf(line, 'without') - numberOf(line, 'network'),
  '(1 - f) * (without - network) + f * (naive - alone), f = 2^-(forecasters - 1)': (line) =>
    (1 - numberOf(line, 'f')) * (numberOf(line, 'without') - numberOf(line, 'network')) +
    numberOf(line, 'f') * (numberOf(line, 'naive') - numberOf(line, 'alone')),
  'g(x) / sum of g over the class, g(x) = ln(1 + e^(p * (x - c))), x = score / (sigma + epsilon)': (line) => {
    const x = numberOf(line, 'score') / (numberOf(line, 'sigma') + numberOf(line, 'epsilon'))
    return Math.log1p(Math.exp(numberOf(line, 'p') * (x - numberOf(line, 'c')))) / numberOf(line, 'sum')
  },
  'max(0, 1 - |report - truth| / tolerance)': (line) =>
    Math.max(0, 1 - Math.abs(numberOf(line, 'report') - numberOf(line, 'truth')) / numberOf(line, 'tolerance')),
  'stake * closeness / sum of the same over the reputers': (line) =>
    (numberOf(line, 'stake') * numberOf(line, 'closeness')) / numberOf(line, 'sum'),
  '(1 - chi) * F * (F + G) / ((1 - chi) * F + chi * G) / (F + G + H)': (line) => {
    const [f, g, h, chi] = ['F', 'G', 'H', 'chi'].map((name) => numberOf(line, name))
    if (f === undefined || g === undefined || h === undefined || chi === undefined)
      throw new Error('an input is missing')
    return ((1 - chi) * f * (f + g)) / ((1 - chi) * f + chi * g) / (f + g + h)
  },
  'pot * fraction * share, whole uallo, rounded down': (line) =>
    numberOf(line, 'pot') * numberOf(line, 'fraction') * numberOf(line, 'share'),
}

describe('SPEC QA-2 an explanation', () => {
  const network = openSettledNetwork()
  const all = listServed(network.state, 1n)
  const topic = { id: 1n, policy: requireTopic(network.state, 1n).policy }
  const actors = [...network.workers, ...network.forecasters, ...network.reputers]
  const byActor = actors.map(({ address }) => explainAll(topic, all, address))

  it('adds up to every payment of every epoch, to the last unit', () => {
    for (const [i, { record }] of all.entries()) {
      const paid = byActor.reduce((sum, epochs) => sum + (epochs[i]?.paid ?? 0n), 0n)
      expect(paid + BigInt(record.unpaid)).toBe(BigInt(record.pot))
      for (const epochs of byActor) {
        const last = epochs[i]?.lines.at(-1)
        expect(last).toMatchObject({ label: 'paid', value: epochs[i]?.paid.toString() })
      }
    }
    expect(byActor.flat().filter(({ paid }) => paid > 0n).length).toBeGreaterThan(20)
  })

  it('has formulas that give the value of their line from its inputs', () => {
    const used = new Set<string>()
    for (const line of byActor.flat().flatMap(({ lines }) => lines)) {
      const compute = formulas[line.formula]
      if (compute === undefined) continue
      used.add(line.formula)
      const value = Number(line.value)
      expect(Math.abs(compute(line) - value), JSON.stringify(line)).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-9)
    }
    expect([...used].toSorted()).toEqual(Object.keys(formulas).toSorted())
  })

  it('says why an epoch brought nothing', () => {
    const reasonOf = (nonce: bigint, address: string): string | undefined => {
      const at = all.findIndex(({ record }) => record.nonce === nonce)
      return explainAll(topic, all, address)[at]?.reason
    }
    const [worker] = network.workers
    const [forecaster] = network.forecasters
    const [settled] = network.settled
    if (worker === undefined || forecaster === undefined || settled === undefined) throw new Error('nobody is there')
    expect(reasonOf(network.voided, worker.address)).toBe('The epoch is void (no inference): nobody is paid.')
    expect(reasonOf(network.contested, worker.address)).toMatch(/^The epoch is contested \(.+\): nobody is paid\.$/)
    expect(reasonOf(settled, testActor('stranger').address)).toMatch(/^It has no submission in the record/)
    expect(reasonOf(settled, forecaster.address)).toMatch(/^Its forecast implied no value/)
    expect(reasonOf(settled, worker.address)).toBeUndefined()
  })

  it('names a reputer that is too far from the truth', () => {
    const far = openTestTopic({ reputers: 4 })
    const nonce = far.first
    far.mustBlock(...far.workers.map((actor, i) => [actor, messages.infer(actor, 1n, nonce, `${20 + i}`)] as const))
    far.mineTo(nonce + 5n)
    far.mustBlock(
      ...far.reputers.map((actor, i) => [actor, messages.truth(actor, 1n, nonce, i === 0 ? '90' : '20')] as const),
    )
    far.mineTo(nonce + 10n)
    const { stores } = far.chain
    const own = { id: 1n, policy: requireTopic(stores, 1n).policy }
    const [explained] = explainAll(own, listServed(stores, 1n), far.reputers[0]?.address ?? '')
    expect(explained).toMatchObject({ paid: 0n, reason: expect.stringContaining('its closeness is 0') })
  })
})

describe.each([
  {
    kind: 'labels',
    policy: {
      loss: 'cross-entropy',
      labels: ['down', 'flat', 'up'],
      domainLowest: '',
      domainHighest: '',
      tolerance: '',
    },
    infer: (actor: ReturnType<typeof testActor>, nonce: bigint, i: number) =>
      messages.inferLabels(actor, 1n, nonce, { down: '0.25', flat: `${0.25 + i / 8}`, up: `${0.5 - i / 8}` }),
    truth: (actor: ReturnType<typeof testActor>, nonce: bigint) => messages.truthLabel(actor, 1n, nonce, 'up'),
    value: 'up',
  },
  {
    kind: 'events',
    policy: { loss: 'log-loss', domainLowest: '0', domainHighest: '1', tolerance: '' },
    infer: (actor: ReturnType<typeof testActor>, nonce: bigint, i: number) =>
      messages.infer(actor, 1n, nonce, `${0.3 + i / 5}`),
    truth: (actor: ReturnType<typeof testActor>, nonce: bigint) => messages.truth(actor, 1n, nonce, '1'),
    value: 1,
  },
  {
    kind: 'volatilities',
    policy: { loss: 'qlike', domainLowest: '0.0001', domainHighest: '10', tolerance: '0.01' },
    infer: (actor: ReturnType<typeof testActor>, nonce: bigint, i: number) =>
      messages.infer(actor, 1n, nonce, `${0.1 + i / 10}`),
    truth: (actor: ReturnType<typeof testActor>, nonce: bigint) => messages.truth(actor, 1n, nonce, '0.2'),
    value: 0.2,
  },
])('SPEC QA-2 topics of $kind', ({ policy, infer, truth, value }) => {
  it('replay exactly, and explain what they pay', () => {
    const topic = openTestTopic({ policy: { ...referenceRules, ...policy } })
    for (let i = 0; i < 6; i++) {
      const nonce = topic.first + 5n * BigInt(i)
      topic.mineTo(nonce)
      topic.mustBlock(
        ...topic.workers.map((actor, j) => [actor, infer(actor, nonce, j)] as const),
        ...(i === 0 ? [] : topic.reputers.map((actor) => [actor, truth(actor, nonce - 5n)] as const)),
      )
    }
    topic.mineTo(topic.first + 31n)
    const { stores } = topic.chain
    const all = listServed(stores, 1n)
    const own = { id: 1n, policy: requireTopic(stores, 1n).policy }
    for (const actor of [...topic.workers, ...topic.reputers]) {
      const explained = explainAll(own, all, actor.address)[3]
      expect(explained?.paid).toBeGreaterThan(0n)
      expect(explained?.lines.find(({ label }) => label === 'agreed truth')?.value).toBe(value)
    }
  })
})
