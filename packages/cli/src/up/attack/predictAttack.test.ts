import { StarlingError } from '@starling/sdk/starlingError'
import { makeRecord, squaredPolicy } from '@starling/sdk/testing/makeRecord'
import type { ModelInput } from '@starling/services/models/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absurdValue, jittered, junkValue } from './badValues.ts'
import { castAttackers } from './castAttackers.ts'
import { predictAttack } from './predictAttack.ts'

const number: ModelInput = {
  topic: { id: 1, name: 'volatility', unit: 'percent', loss: 'qlike', labels: [], domain: [0.05, 100] },
  nonce: 10,
  deadlineHeight: 15,
  truths: [{ nonce: 5, value: 1.5 }],
  data: null,
}
const event: ModelInput = { ...number, topic: { ...number.topic, unit: 'probability', domain: [0, 1] } }
const labelled: ModelInput = { ...event, topic: { ...event.topic, labels: ['down', 'flat', 'up'] } }
const signal = new AbortController().signal
const wallet = (name: string) => ({
  name,
  wallet: { address: name, publicKey: new Uint8Array(), privateKey: new Uint8Array() },
})
const workers = ['best', 'worst'].map((name) => ({ ...wallet(name), funds: 0n }))

const attackers = (kind: 'junk' | 'copy' | 'sybil' | 'bad-half') =>
  castAttackers('seed', { topic: 'volatility', workers }, { topic: 'volatility', kinds: [kind] })

const record = makeRecord(squaredPolicy, 5n, 3, { best: [4], worst: [9], other: [3] }, { combined: [4] })
const sources = {
  client: { epochUnverified: async () => record },
  pool: { predict: () => () => 2 },
  isHonest: (address: string) => address !== 'other',
}
const predictedBy = (kind: 'junk' | 'copy' | 'sybil' | 'bad-half', of = sources) =>
  Promise.all(attackers(kind).map((one) => predictAttack(one, of)(number, signal)))

describe('values of attackers', () => {
  it('are legal, and the same again for the same name and epoch', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (name, nonce) => {
        for (const value of [junkValue, absurdValue]) {
          for (const input of [number, event]) {
            const given = value({ ...input, nonce }, name)
            const [lowest, highest] = input.topic.domain
            expect(given).toBeGreaterThanOrEqual(lowest)
            expect(given).toBeLessThanOrEqual(highest)
            expect(value({ ...input, nonce }, name)).toBe(given)
          }
          const given = value({ ...labelled, nonce }, name)
          const list =
            typeof given === 'object' && given !== null && 'values' in given ? Object.values(given.values) : []
          expect(list).toHaveLength(3)
          expect(list.every((one) => one >= 0)).toBe(true)
          expect(list.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  it('of sybils lie a thousandth beside the model, and stay probabilities', () => {
    expect(Math.abs(Number(jittered(2, number, 'a')) / 2 - 1)).toBeLessThanOrEqual(0.001)
    expect(jittered(1, event, 'a')).toBeLessThanOrEqual(1)
    const values = { down: 0.2, flat: 0.3, up: 0.5 }
    const moved = jittered({ values }, labelled, 'a') as { readonly values: Readonly<Record<string, number>> }
    expect(Object.values(moved.values).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
    expect(moved.values).not.toEqual(values)
    expect(jittered(null, number, 'a')).toBeNull()
  })
})

describe('attackers', () => {
  it('are as many as it takes, with keys of their own', () => {
    expect(attackers('sybil')).toHaveLength(12)
    expect(attackers('bad-half')).toHaveLength(workers.length)
    expect(new Set(attackers('sybil').map((one) => one.wallet.address)).size).toBe(12)
    expect(castAttackers('seed', { topic: 'risk', workers }, { topic: 'trend', kinds: ['junk'] })).toEqual([])
  })

  it('copy the best honest prediction of the newest settled epoch, or the worst', async () => {
    expect(await predictedBy('copy')).toEqual([4, 4, 4])
    const [absurd, worst] = await predictedBy('bad-half')
    expect(number.topic.domain).toContain(absurd)
    expect(worst).toBe(9)
  })

  it('have nothing to copy before the first settled epoch', async () => {
    const none = async () => {
      throw new StarlingError('not-found', 'no epoch')
    }
    expect(await predictedBy('copy', { ...sources, client: { epochUnverified: none } })).toEqual([null, null, null])
  })

  it('share one model as sybils, and know nothing as junk', async () => {
    const sybils = await predictedBy('sybil')
    expect(new Set(sybils).size).toBe(12)
    expect(sybils.every((one) => Math.abs(Number(one) - 2) <= 0.002)).toBe(true)
    expect(await predictedBy('junk')).toEqual([1.5, 1.5, 1.5])
  })
})
