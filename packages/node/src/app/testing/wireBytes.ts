import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { toUtf8 } from '@starling/protocol/bytes/utf8'

/** Protobuf's wire types that tests write by hand. */
export type WireType = 0 | 1 | 2 | 5

/** An unsigned varint. */
export function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return Uint8Array.from(bytes)
}

/** A field's tag and its raw payload. */
export function rawField(number: number, type: WireType, payload: Uint8Array): Uint8Array {
  const tag = varint((BigInt(number) << 3n) | BigInt(type))
  return type === 2 ? concatBytes(tag, varint(BigInt(payload.length)), payload) : concatBytes(tag, payload)
}

/** A field that holds a text. */
export function textField(number: number, text: string): Uint8Array {
  return rawField(number, 2, toUtf8(text))
}
