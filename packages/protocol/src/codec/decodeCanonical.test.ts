import { create, type DescMessage, ScalarType, toBinary } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../bytes/concatBytes.ts'
import { ProtocolError } from '../errors.ts'
import { MsgSendSchema } from '../gen/cosmos/bank/v1beta1/tx_pb.ts'
import { AuthInfoSchema, TxBodySchema, TxRawSchema } from '../gen/cosmos/tx/v1beta1/tx_pb.ts'
import { decodeTx } from '../tx/decodeTx.ts'
import { messageSchemas } from '../tx/messages.ts'
import { decodeCanonical } from './decodeCanonical.ts'
import { MAX_DEPTH, MAX_FIELDS } from './scanMessage.ts'

const MIB = 2 ** 20

function refusal(decode: () => unknown): ProtocolError {
  try {
    decode()
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
  throw new Error('the bytes were accepted')
}

const repeated = (part: readonly number[], size: number): Uint8Array =>
  Uint8Array.from({ length: Math.floor(size / part.length) * part.length }, (_, i) => part[i % part.length] ?? 0)

function field(number: number, payload: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let rest = payload.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest < 128 ? rest : (rest % 128) + 128)
    if (rest < 128) break
  }
  return concatBytes(Uint8Array.of(number * 8 + 2), Uint8Array.from(length), payload)
}

/** ModeInfo { multi { mode_infos { multi … } } }, the one type of the protocol that contains itself. */
function nestedModes(depth: number): Uint8Array {
  let mode = Uint8Array.of(0x0a, 2, 8, 1)
  for (let i = 0; i < depth; i++) mode = field(2, field(2, mode)) as Uint8Array<ArrayBuffer>
  return field(1, field(2, mode))
}

describe('ADV-02 AUD-H14 bytes that would cost more to decode than to send', () => {
  const body = (bytes: Uint8Array) => () => decodeCanonical(TxBodySchema, bytes)
  it.each<[string, () => unknown, RegExp]>([
    ['a megabyte of empty messages', body(repeated([0x0a, 0], MIB)), /more than 2000 fields; send less/],
    ['groups, opened a million times', body(new Uint8Array(MIB).fill(0x0b)), /it has a group/],
    ['groups, opened and closed', body(repeated([0x7b, 0x7c], MIB)), /it has a group/],
    [
      'a message in 10,000 messages',
      () => decodeCanonical(AuthInfoSchema, nestedModes(10_000)),
      /more than 16 messages/,
    ],
    ['a varint of 11 bytes', body(Uint8Array.of(0x18, ...new Array(11).fill(0x80))), /more than 10 bytes/],
    ['a varint of 65 bits', body(Uint8Array.of(0x18, ...new Array(9).fill(0xff), 2)), /more than 64 bits/],
    ['a megabyte of padding', body(new Uint8Array(MIB).fill(0x80)), /more than 10 bytes/],
    ['a padded varint', body(Uint8Array.of(0x18, 0x81, 0)), /a padded varint/],
    ['a megabyte of text', body(field(2, new Uint8Array(MIB).fill(65))), /more than 65536 bytes of text/],
    ['a length of gigabytes', body(Uint8Array.of(0x12, 0xff, 0xff, 0xff, 0xff, 0x0f)), /more bytes than there are/],
    ['a length of 2^64 - 1', body(Uint8Array.of(0x12, ...new Array(9).fill(0xff), 1)), /more bytes than there are/],
    ['an unknown field', body(Uint8Array.of(0x7a, 1, 65)), /unknown field 15/],
    ['field 0', body(Uint8Array.of(0x02, 0)), /a field 0 of type 2/],
    ['a wire type that there is not', body(Uint8Array.of(0x16, 0)), /a field 2 of type 6/],
    ['another wire type', body(Uint8Array.of(0x10, 1)), /field 2 is of wire type 0, not 2/],
    ['fields in another order', body(Uint8Array.of(0x18, 1, 0x12, 1, 65)), /field 2 stands after field 3/],
    ['a field twice', body(Uint8Array.of(0x18, 1, 0x18, 2)), /field 3 stands twice/],
    ['a default that is spelled out', body(Uint8Array.of(0x18, 0)), /has its default value/],
    ['a byte-order mark that decoders drop', body(Uint8Array.of(0x12, 3, 0xef, 0xbb, 0xbf)), /canonically encoded/],
    ['a text that is no UTF-8', body(Uint8Array.of(0x12, 2, 0xff, 0xfe)), /bytes are no cosmos.tx.v1beta1.TxBody/],
    ['an end within a varint', body(Uint8Array.of(0x18, 0x80)), /ends within a varint/],
  ])('%s is refused with a sentence', (_, decode, sentence) => {
    const { codespace, number, message } = refusal(decode)
    expect([codespace, number]).toEqual(['sdk', 2])
    expect(message).toMatch(sentence)
    expect(message.length).toBeLessThan(300)
  })

  it('an envelope of nothing but bytes has one spelling too', () => {
    expect(refusal(() => decodeCanonical(TxRawSchema, Uint8Array.of(0x0a, 0))).message).toMatch(/field 1 is empty/)
    expect(refusal(() => decodeCanonical(TxRawSchema, Uint8Array.of(0x0a, 1, 1, 0x0a, 1, 2))).message).toMatch(/twice/)
    expect(decodeCanonical(TxRawSchema, Uint8Array.of(0x1a, 0, 0x1a, 0)).signatures).toHaveLength(2)
  })

  it('packed elements count like fields, and so do those of all messages together', () => {
    const params = messageSchemas['/emissions.v10.UpdateParamsRequest']
    const packed = field(2, field(2, new Uint8Array(MAX_FIELDS).fill(1)))
    expect(refusal(() => decodeCanonical(params, packed)).message).toMatch(/more than 2000 fields/)
    const coin = field(3, new Uint8Array())
    const value = repeated([...coin], 1200 * coin.length)
    const any = concatBytes(field(1, new TextEncoder().encode('/cosmos.bank.v1beta1.MsgSend')), field(2, value))
    expect(decodeCanonical(MsgSendSchema, value).amount).toHaveLength(1200)
    const bodyBytes = concatBytes(field(1, any), field(1, any))
    const raw = toBinary(TxRawSchema, create(TxRawSchema, { bodyBytes, signatures: [] }))
    expect(refusal(() => decodeTx(raw)).message).toMatch(/MsgSend has more than 2000 fields/)
  })

  it('the deepest nesting that is allowed decodes, and one more does not', () => {
    const deepest = Math.floor((MAX_DEPTH - 4) / 2)
    expect(decodeCanonical(AuthInfoSchema, nestedModes(deepest)).signerInfos).toHaveLength(1)
    expect(refusal(() => decodeCanonical(AuthInfoSchema, nestedModes(deepest + 1))).message).toMatch(/16 messages/)
  })

  it('more than a mebibyte is not looked at', () => {
    expect(refusal(() => decodeTx(new Uint8Array(MIB + 1)))).toMatchObject({ codespace: 'sdk', number: 21 })
    expect(refusal(() => decodeTx(new Uint8Array(MIB)))).toMatchObject({ codespace: 'sdk', number: 2 })
  })

  it('no schema has what the walk does not know: maps, packed lists of fixed width, groups', () => {
    const fixed: readonly unknown[] = [
      ...[ScalarType.DOUBLE, ScalarType.FLOAT, ScalarType.FIXED64, ScalarType.SFIXED64],
      ...[ScalarType.FIXED32, ScalarType.SFIXED32],
    ]
    const seen = new Set<string>()
    const waiting: DescMessage[] = [TxRawSchema, TxBodySchema, AuthInfoSchema, ...Object.values(messageSchemas)]
    for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
      if (seen.has(schema.typeName)) continue
      seen.add(schema.typeName)
      for (const one of schema.fields) {
        expect(one.fieldKind).not.toBe('map')
        if (one.fieldKind === 'list' && one.packed) expect(fixed).not.toContain(one.scalar)
        if (one.message !== undefined) waiting.push(one.message)
      }
    }
    expect(seen.size).toBeGreaterThan(25)
  })
})
