import { create, toBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { BaseAccountSchema } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import { QueryAccountResponseSchema } from '@starling/protocol/gen/cosmos/auth/v1beta1/query_pb'
import { SignMode } from '@starling/protocol/gen/cosmos/tx/signing/v1beta1/signing_pb'
import { ModeInfoSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { QueryServiceInflationResponseSchema } from '@starling/protocol/gen/mint/v5/query_pb'
import { GetResultResponseSchema, GetWorkersResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { EventSchema } from '@starling/protocol/gen/tendermint/abci/types_pb'
import { expect, test } from 'vitest'
import { messageToJson } from './messageToJson.ts'

test('SPEC wire 2 defaults are printed, what is absent is null, doubles are numbers', () => {
  expect(
    messageToJson(GetResultResponseSchema, create(GetResultResponseSchema, { nonce: 2n ** 60n, loss: -0.5 })),
  ).toEqual({
    nonce: '1152921504606846976',
    status: '',
    reason: '',
    took_part: false,
    network_loss: 0,
    naive_loss: 0,
    loss: -0.5,
    score: null,
    weight: null,
    regret: null,
    reward: '',
    fees: '',
    skill: null,
    weight_in_pay: null,
    share: null,
    present: null,
  })
  expect(messageToJson(GetWorkersResponseSchema, create(GetWorkersResponseSchema))).toEqual({ addresses: [] })
})

test('a double that is no number is text, as proto JSON has it', () => {
  const json = messageToJson(
    GetResultResponseSchema,
    create(GetResultResponseSchema, { loss: Number.NaN, score: -Infinity }),
  )
  expect([json.loss, json.score]).toEqual(['NaN', '-Infinity'])
})

test('of a oneof only the case that is set; enums by name, or number where unknown', () => {
  const mode = (value: number): unknown =>
    messageToJson(
      ModeInfoSchema,
      create(ModeInfoSchema, { sum: { case: 'single', value: { mode: value as SignMode } } }),
    )
  expect(mode(SignMode.DIRECT)).toEqual({ single: { mode: 'SIGN_MODE_DIRECT' } })
  expect(mode(99)).toEqual({ single: { mode: 99 } })
  expect(messageToJson(ModeInfoSchema, create(ModeInfoSchema))).toEqual({})
})

test('an Any is opened; one that cannot be opened shows its bytes', () => {
  const print = (typeUrl: string, value: Uint8Array): unknown => {
    const account = create(AnySchema, { typeUrl, value })
    return messageToJson(QueryAccountResponseSchema, create(QueryAccountResponseSchema, { account })).account
  }
  const account = toBinary(BaseAccountSchema, create(BaseAccountSchema, { address: 'a', sequence: 3n }))
  expect(print('/cosmos.auth.v1beta1.BaseAccount', account)).toEqual({
    '@type': '/cosmos.auth.v1beta1.BaseAccount',
    address: 'a',
    pub_key: null,
    account_number: '0',
    sequence: '3',
  })
  expect(print('/a.B', Uint8Array.of(1))).toEqual({ '@type': '/a.B', value: 'AQ==' })
  const broken = { '@type': '/cosmos.auth.v1beta1.BaseAccount', value: '/w==' }
  expect(print('/cosmos.auth.v1beta1.BaseAccount', Uint8Array.of(255))).toEqual(broken)
})

test('SPEC wire 2 fixed decimals have 18 digits; attributes of events are text', () => {
  const inflation = create(QueryServiceInflationResponseSchema, { inflation: toUtf8('35000000000000000') })
  expect(messageToJson(QueryServiceInflationResponseSchema, inflation)).toEqual({ inflation: '0.035000000000000000' })
  const attributes = [{ key: toUtf8('topic_id'), value: toUtf8('"13"'), index: true }]
  expect(messageToJson(EventSchema, create(EventSchema, { type: 't', attributes }))).toEqual({
    type: 't',
    attributes: [{ key: 'topic_id', value: '"13"', index: true }],
  })
})
