import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { SubmitTruthRequestSchema } from '../../gen/starling/v1/topics_pb.ts'
import { numberPolicy } from '../../scoring/testing/numberPolicy.ts'
import { moduleAddresses } from '../bank/moduleAccounts.ts'
import { checkSubmitTruth, readTruth } from './checkSubmitTruth.ts'

const request = (fields: MessageInitShape<typeof SubmitTruthRequestSchema> = {}) =>
  create(SubmitTruthRequestSchema, {
    sender: moduleAddresses.mint,
    topicId: 1n,
    nonce: 5n,
    value: '20',
    source: 'thermometer',
    observedAt: '2024-08-09',
    ...fields,
  })

describe('SPEC VT-3 a report', () => {
  it.each([
    '2024-08-09',
    '2024-02-29',
    '2024-08-09T10:21:05Z',
    '2024-08-09T10:21:05.227660Z',
    '2024-08-09T23:59:59.123456789+14:00',
    '2024-08-09T00:00:00-09:30',
  ])('is observed at %s', (observedAt) => expect(() => checkSubmitTruth(request({ observedAt }))).not.toThrow())

  it.each([
    '',
    '2024-8-9',
    '09/08/2024',
    '2024-13-01',
    '2024-00-10',
    '2024-08-32',
    '2024-08-00',
    '2024-08-09T24:00:00Z',
    '2024-08-09T10:60:00Z',
    '2024-08-09T10:21:05',
    '2024-08-09 10:21:05Z',
    '2024-08-09T10:21:05+24:00',
    '1723198865',
    '2024-08-09T10:21:05.1234567890Z',
    '２０２４-08-09',
  ])('FL-19 is not observed at "%s"', (observedAt) => {
    expect(() => checkSubmitTruth(request({ observedAt }))).toThrow(/observed_at must be a date like 2024-08-09/)
  })

  it.each([
    [{ sender: 'x' }, /sender is not an allo… address/],
    [{ nonce: 0n }, /nonce must be above 0/],
    [{ nonce: -(2n ** 63n) }, /nonce must be above 0/],
    [{ source: '' }, /source must be the name/],
    [{ source: 'x'.repeat(129) }, /source must be the name/],
    [{ source: 'a\nb' }, /source must be the name/],
  ] as const)('is refused, case %#', (fields, message) => {
    expect(() => checkSubmitTruth(request(fields))).toThrow(message)
  })
})

describe('SPEC VT-3 the truth of a report', () => {
  const labels = { ...numberPolicy, loss: 'cross-entropy' as const, labels: ['down', 'up'] }
  const event = { ...numberPolicy, loss: 'brier' as const, domain: [0, 1] as const }

  it('is a number in the domain, a label of the topic, or 0 or 1', () => {
    expect(readTruth(numberPolicy, request({ value: '-1000' }))).toBe(-1000)
    expect(readTruth(labels, request({ value: '', label: 'up' }))).toBe('up')
    expect(readTruth(event, request({ value: '1' }))).toBe(1)
  })

  it.each([
    [numberPolicy, { value: '1000.0001' }, /value must be from -1000 to 1000/],
    [numberPolicy, { value: 'NaN' }, /value must be a decimal number/],
    [numberPolicy, { value: '1e-2147483648' }, /value must be a decimal number/],
    [numberPolicy, { label: 'up' }, /label must be empty/],
    [labels, { label: 'up' }, /value must be empty/],
    [labels, { value: '', label: 'UP' }, /label must be one of down, up/],
    [labels, { value: '', label: '' }, /label must be one of down, up/],
    [event, { value: '0.5' }, /value must be 0 or 1/],
    [numberPolicy, { value: '9'.repeat(1_000_000) }, /value must be a decimal number, got "9{80}…"/],
  ] as const)('FL-39 is refused, case %#', (policy, fields, message) => {
    expect(() => readTruth(policy, request(fields))).toThrow(message)
  })
})
