import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { DoubleValueSchema, StructSchema } from '@bufbuild/protobuf/wkt'
import { SignatureDescriptor_DataSchema } from '@starling/protocol/gen/cosmos/tx/signing/v1beta1/signing_pb'
import {
  ActorType,
  EventCreateNewTopicSchema,
  EventInsertInfererPayloadSchema,
  EventParamsSetSchema,
  EventScoresSetSchema,
  EventTopicRewardsSetSchema,
  EventTopicStatusChangedSchema,
  EventWorkerSubmissionWindowOpenedSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
import { InputInferenceForecastBundleSchema, TopicType } from '@starling/protocol/gen/emissions/v10/types_pb'
import { EventTokenomicsSetSchema } from '@starling/protocol/gen/mint/v3/events_pb'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AbciEvent } from './application.ts'
import { typedEvent } from './typedEvent.ts'

const pairs = ({ attributes }: AbciEvent): [string, string][] => attributes.map(({ key, value }) => [key, value])

describe('SPEC wire 5 a typed event', () => {
  it('reads as the client of the reference sees it', () => {
    const fields = { topicId: 13n, nonceBlockHeight: 5_100_967n, windowEndBlock: 5_100_979n }
    expect(typedEvent(EventWorkerSubmissionWindowOpenedSchema, fields)).toEqual({
      type: 'emissions.v10.EventWorkerSubmissionWindowOpened',
      attributes: [
        { key: 'nonce_block_height', value: '"5100967"', index: true },
        { key: 'topic_id', value: '"13"', index: true },
        { key: 'window_end_block', value: '"5100979"', index: true },
      ],
    })
  })

  it('carries a message as well as the fields of one, and leaves it as it was', () => {
    const message = create(EventTokenomicsSetSchema, { emissionsAmount: '30' })
    const before = toBinary(EventTokenomicsSetSchema, message)
    expect(typedEvent(EventTokenomicsSetSchema, message)).toEqual(
      typedEvent(EventTokenomicsSetSchema, { emissionsAmount: '30' }),
    )
    expect(toBinary(EventTokenomicsSetSchema, message)).toEqual(before)
  })

  it('has all fields, also those that are not set', () => {
    expect(pairs(typedEvent(EventInsertInfererPayloadSchema, {}))).toEqual([
      ['extra_data', 'null'],
      ['inferer', '""'],
      ['nonce', '"0"'],
      ['topic_id', '"0"'],
      ['value', '""'],
      ['values', '[]'],
    ])
    expect(pairs(typedEvent(EventTopicStatusChangedSchema, {}))).toEqual([
      ['is_active', 'false'],
      ['topic_id', '"0"'],
    ])
    expect(pairs(typedEvent(EventCreateNewTopicSchema, {}))).toEqual([['topic', 'null']])
  })

  it('prints lists, enums, bytes and flags', () => {
    expect(pairs(typedEvent(EventTopicRewardsSetSchema, { topicIds: [50n, 1n], rewards: ['0', '7'] }))).toEqual([
      ['rewards', '["0","7"]'],
      ['topic_ids', '["50","1"]'],
    ])
    const scores = { actorType: ActorType.FORECASTER, addresses: ['allo1x'], scores: ['-0.5'] }
    expect(pairs(typedEvent(EventScoresSetSchema, scores))).toEqual([
      ['actor_type', '"ACTOR_TYPE_FORECASTER"'],
      ['addresses', '["allo1x"]'],
      ['block_height', '"0"'],
      ['scores', '["-0.5"]'],
      ['topic_id', '"0"'],
    ])
    const payload = { extraData: Uint8Array.of(1, 2, 255), values: [{ label: 'up', value: '1' }, { label: 'down' }] }
    const inserted = typedEvent(EventInsertInfererPayloadSchema, payload)
    expect(pairs(inserted)).toContainEqual(['extra_data', '"AQL/"'])
    expect(pairs(inserted)).toContainEqual(['values', '[{"label":"up","value":"1"},{"label":"down","value":""}]'])
    expect(pairs(typedEvent(EventTopicStatusChangedSchema, { isActive: true }))[0]).toEqual(['is_active', 'true'])
  })

  it('prints a message inside in the order of its schema, compact and complete', () => {
    const topic = { id: 7n, metadata: 'ETH "5 min"\n', topicType: TopicType.CLASSIFICATION, labelWhitelist: ['up'] }
    const [, text] = pairs(typedEvent(EventCreateNewTopicSchema, { topic }))[0] ?? []
    expect(text).toMatch(
      /^\{"id":"7","creator":"","metadata":"ETH \\"5 min\\"\\n","loss_method":"","epoch_last_ended":"0",/,
    )
    expect(text).toContain('"topic_type":"TOPIC_TYPE_CLASSIFICATION","output_arity":"TOPIC_OUTPUT_ARITY_UNSPECIFIED"')
    expect(text).toMatch(/"label_whitelist":\["up"\],"label_default_value":"","label_case_sensitive":false\}$/)
    expect(Object.keys(JSON.parse(text ?? ''))).toHaveLength(26)
  })

  it('prints empty bytes as null at any depth', () => {
    const bundle = { inference: { topicId: 1n }, forecast: { extraData: Uint8Array.of(1) } }
    const [forecast, inference] = pairs(typedEvent(InputInferenceForecastBundleSchema, bundle))
    expect(forecast?.[1]).toContain('"forecast_elements":[],"extra_data":"AQ=="')
    expect(inference?.[1]).toContain('"value":"","extra_data":null,"proof":""')
  })

  it('keeps the number of an enum that it has no name for', () => {
    const unnamed = fromBinary(EventScoresSetSchema, Uint8Array.of(8, 99))
    expect(pairs(typedEvent(EventScoresSetSchema, unnamed))[0]).toEqual(['actor_type', '99'])
  })

  it('leaves out the members of a oneof that are not chosen', () => {
    expect(pairs(typedEvent(SignatureDescriptor_DataSchema, {}))).toEqual([])
    const single = { sum: { case: 'single' as const, value: { signature: Uint8Array.of(1) } } }
    expect(pairs(typedEvent(SignatureDescriptor_DataSchema, single))).toEqual([
      ['single', '{"mode":"SIGN_MODE_UNSPECIFIED","signature":"AQ=="}'],
    ])
  })

  it('GR-1 refuses a schema with floats or maps, as no event has them', () => {
    expect(() => typedEvent(DoubleValueSchema, { value: 1 })).toThrow(/DoubleValue\.value has a type that events/)
    expect(() => typedEvent(StructSchema, {})).toThrow(/Struct\.fields has a type that events/)
  })

  it('has sorted keys and values that are JSON, whatever the fields', () => {
    const fields = fc.record({
      inferer: fc.string(),
      nonce: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      topicId: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      value: fc.string({ unit: 'grapheme' }),
      extraData: fc.uint8Array({ minLength: 1 }),
    })
    fc.assert(
      fc.property(fields, (message) => {
        const event = typedEvent(EventInsertInfererPayloadSchema, message)
        const keys = event.attributes.map(({ key }) => key)
        expect(keys).toEqual(['extra_data', 'inferer', 'nonce', 'topic_id', 'value', 'values'])
        const read = new Map(pairs(event).map(([key, value]) => [key, JSON.parse(value)]))
        expect(read.get('inferer')).toBe(message.inferer)
        expect(read.get('value')).toBe(message.value)
        expect(BigInt(read.get('nonce'))).toBe(message.nonce)
        expect(BigInt(read.get('topic_id'))).toBe(message.topicId)
        expect(Buffer.from(read.get('extra_data'), 'base64').equals(message.extraData)).toBe(true)
      }),
    )
  })

  it('prints a set of parameters whole', () => {
    const [pair] = pairs(typedEvent(EventParamsSetSchema, { params: { version: '0.17', blocksPerMonth: 864_000n } }))
    expect(pair?.[0]).toBe('params')
    expect(JSON.parse(pair?.[1] ?? '')).toMatchObject({
      version: '0.17',
      blocks_per_month: '864000',
      learning_rate: '',
    })
  })
})
