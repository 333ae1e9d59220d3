import { create, type MessageInitShape } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../../errors.ts'
import { TopicPolicySchema } from '../../gen/starling/v1/topics_pb.ts'
import { parsePolicy } from './parsePolicy.ts'

type Fields = MessageInitShape<typeof TopicPolicySchema>

const volatility: Fields = {
  loss: 'qlike',
  domainLowest: '0.05',
  domainHighest: '100',
  tolerance: '0.01',
  unit: 'percent',
  horizon: 'next trading day',
  resolution: 'Parkinson range volatility of the day',
}
const trend: Fields = {
  ...volatility,
  loss: 'cross-entropy',
  labels: ['down', 'flat', 'up'],
  domainLowest: '',
  domainHighest: '',
  tolerance: '',
}
const parse = (fields: Fields) => parsePolicy(create(TopicPolicySchema, fields))

describe('SPEC VT-1 the policy record', () => {
  it('fills empty choices with the best that is built', () => {
    expect(parse(volatility)).toEqual({
      truth: 'attested',
      submissions: 'plain',
      loss: 'qlike',
      domain: [0.05, 100],
      labels: [],
      levels: [],
      pay: 'contribution',
      synthesis: 'tower',
      intervals: 'conformal',
      memory: 100,
      tolerance: 0.01,
      minReputers: 3,
      minStake: 0n,
      unit: 'percent',
      horizon: 'next trading day',
      resolution: 'Parkinson range volatility of the day',
    })
    expect(parse(trend)).toMatchObject({ domain: [0, 1], labels: ['down', 'flat', 'up'] })
    expect(parse({ ...volatility, loss: 'quantile', lossParameter: '0.9' }).lossParameter).toBe(0.9)
    expect(parse({ ...volatility, loss: 'crps', levels: ['0.1', '0.5', '0.9'] }).levels).toEqual([0.1, 0.5, 0.9])
  })

  it('says that reported truth is not supported yet', () => {
    expect(() => parse({ ...volatility, truth: 'reported' })).toThrow(/^policy\.truth .* is not supported yet/)
  })

  it('asks for no intervals around quantiles, which are some', () => {
    const quantiles = { ...volatility, loss: 'crps', levels: ['0.1', '0.5', '0.9'] }
    expect(parse(quantiles).intervals).toBe('spread')
    expect(() => parse({ ...quantiles, intervals: 'conformal' })).toThrow(
      /^policy\.intervals must be "spread" or "none"/,
    )
  })

  it('pays contributions of at most 16 labels and 1,000 epochs, by the reference of as many as there may be', () => {
    const many = { ...trend, labels: Array.from({ length: 17 }, (_, i) => `label-${i}`) }
    expect(() => parse(many)).toThrow(/^policy\.labels must be at most 16 with the pay "contribution"/)
    expect(parse({ ...many, pay: 'reference' }).labels).toHaveLength(17)
    expect(() => parse({ ...volatility, memory: 1001n })).toThrow(/^policy\.memory must be at most 1000, got "1001"/)
    expect(parse({ ...volatility, memory: 1001n, pay: 'reference' }).memory).toBe(1001)
  })

  it.each<[string, Fields]>([
    ['truth', { ...volatility, truth: 'trust me' }],
    ['loss', { ...volatility, loss: 'mse' }],
    ['loss_parameter', { ...volatility, lossParameter: '1' }],
    ['loss_parameter', { ...volatility, loss: 'huber', lossParameter: '0' }],
    ['loss_parameter', { ...volatility, loss: 'quantile', lossParameter: '1' }],
    ['loss_parameter', { ...volatility, loss: 'quantile' }],
    ['domain_lowest', { ...volatility, domainLowest: 'NaN' }],
    ['domain_lowest', { ...volatility, domainLowest: '0' }],
    ['domain_highest', { ...volatility, domainHighest: '0.01' }],
    ['domain_highest', { ...volatility, domainHighest: '9'.repeat(10_000) }],
    ['domain_highest', { ...volatility, domainHighest: '1e151' }],
    ['domain_highest', { ...trend, domainHighest: '2' }],
    ['labels', { ...volatility, labels: ['a', 'b'] }],
    ['labels', { ...trend, labels: [] }],
    ['labels\\[1\\]', { ...trend, labels: ['up', 'Up'] }],
    ['labels\\[1\\]', { ...trend, labels: ['up', 'up'] }],
    ['labels\\[0\\]', { ...trend, labels: ['é', 'up'] }],
    ['levels', { ...volatility, levels: ['0.5'] }],
    ['levels', { ...volatility, loss: 'crps' }],
    ['levels\\[1\\]', { ...volatility, loss: 'crps', levels: ['0.5', '0.5'] }],
    ['memory', { ...volatility, memory: 10n ** 9n }],
    ['tolerance', { ...volatility, tolerance: '0' }],
    ['min_reputers', { ...volatility, minReputers: 1n << 60n }],
    ['min_stake', { ...volatility, minStake: '-1' }],
    ['truth_reveal_window', { ...volatility, truthRevealWindow: 3n }],
    ['bond', { ...volatility, bond: '5' }],
    ['unit', { ...volatility, unit: '' }],
    ['resolution', { ...volatility, resolution: 'x'.repeat(256) }],
  ])('names a faulty %s', (field, fields) => {
    expect(() => parse(fields)).toThrow(new RegExp(`^policy\\.${field} must be `))
  })

  it('GR-5 ends in a policy or in a short protocol error, whatever the texts', () => {
    const text = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('', 'NaN', 'Infinity', '-1', '1e9999', '0.5'))
    const fields = fc.record(
      {
        truth: text,
        loss: fc.constantFrom('qlike', 'huber', 'crps', 'brier', 'x'),
        lossParameter: text,
        domainLowest: text,
        domainHighest: text,
        labels: fc.array(text, { maxLength: 3 }),
        levels: fc.array(text, { maxLength: 3 }),
        tolerance: text,
        minStake: text,
        bond: text,
        unit: text,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fields, (change) => {
        try {
          expect(parse({ ...volatility, ...change }).tolerance).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
          expect(String(error).length).toBeLessThan(400)
        }
      }),
    )
  })
})
