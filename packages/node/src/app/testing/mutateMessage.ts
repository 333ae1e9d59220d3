import { create, type DescField, type DescMessage, type Message, ScalarType, toBinary } from '@bufbuild/protobuf'
import { isReflectMessage, type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { rawField, textField, varint } from './wireBytes.ts'

/** One hostile spelling of a message: what was done to which field, and the bytes. */
export type Mutation = { readonly what: string; readonly bytes: Uint8Array }

const UNKNOWN_FIELD = 2047

const texts: readonly string[] = [
  '-1',
  '-0',
  '0',
  '1.5',
  '9223372036854775808',
  (2n ** 256n - 1n).toString(),
  (2n ** 256n).toString(),
  `1${'0'.repeat(80)}`,
  '9'.repeat(10_000),
  `0.${'3'.repeat(10_000)}`,
  'NaN',
  'Infinity',
  '-Infinity',
  '1e3',
  '1e-2147483648',
  '1e999999999',
  '1e308',
  '1e-308',
  ' 1',
  '0x10',
  '١',
  'x',
  '\u0000',
  '../allo1/worker',
  'ALLO1QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5LZV7XU',
]
const wholes: readonly bigint[] = [
  0n,
  1n,
  2n ** 31n,
  2n ** 32n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]

/** Every message field, one after the other, replaced by every hostile value and spelling. */
export function* mutate(schema: DescMessage, message: Message): Generator<Mutation> {
  yield* mutateMessage(reflect(schema, message), '')
}

function* mutateMessage(message: ReflectMessage, path: string): Generator<Mutation> {
  const parts = new Map(message.fields.map((field) => [field.number, encodeField(message, field)]))
  const withPart = (number: number, part: Uint8Array): Uint8Array => {
    const numbers = [...new Set([...parts.keys(), number])].toSorted((a, b) => a - b)
    return concatBytes(...numbers.map((other) => (other === number ? part : (parts.get(other) ?? new Uint8Array()))))
  }
  yield { what: `${path}: unknown field`, bytes: withPart(UNKNOWN_FIELD, textField(UNKNOWN_FIELD, 'x')) }
  for (const field of message.fields) {
    const name = path === '' ? field.name : `${path}.${field.name}`
    for (const { what, bytes } of mutateField(message, field, name))
      yield { what, bytes: withPart(field.number, bytes) }
  }
}

/** A field's own bytes; none where it is not set. */
function encodeField(message: ReflectMessage, field: DescField): Uint8Array {
  if (!message.isSet(field)) return new Uint8Array()
  const only = create(message.desc)
  reflect(message.desc, only).set(field, message.get(field) as never)
  return toBinary(message.desc, only)
}

/** What may stand in place of a field. */
function* mutateField(message: ReflectMessage, field: DescField, name: string): Generator<Mutation> {
  const { number } = field
  const own = encodeField(message, field)
  yield { what: `${name}: missing`, bytes: new Uint8Array() }
  yield { what: `${name}: duplicate`, bytes: concatBytes(own, own) }
  yield { what: `${name}: as varint`, bytes: rawField(number, 0, varint(7n)) }
  yield { what: `${name}: as fixed64`, bytes: rawField(number, 1, new Uint8Array(8).fill(0xff)) }
  yield { what: `${name}: as bytes`, bytes: rawField(number, 2, Uint8Array.of(0xff, 0xfe, 0xff)) }
  yield { what: `${name}: empty bytes`, bytes: rawField(number, 2, new Uint8Array()) }
  yield { what: `${name}: cut short`, bytes: rawField(number, 2, new Uint8Array()).fill(0x7f, -1) }
  for (const bytes of valuesOf(field)) yield { what: `${name}: ${bytes.what}`, bytes: bytes.bytes }
  yield* nested(message, field, name)
}

function* valuesOf(field: DescField): Generator<Mutation> {
  const { number } = field
  const scalar = field.fieldKind === 'scalar' || field.fieldKind === 'list' ? field.scalar : undefined
  if (scalar === ScalarType.STRING) {
    for (const text of texts) yield { what: `"${text.slice(0, 24)}"`, bytes: textField(number, text) }
    const many = Array.from({ length: 1000 }, (_, i) => textField(number, `${i}`))
    yield { what: '1,000 times', bytes: concatBytes(...many) }
  } else if (scalar === ScalarType.BYTES) {
    yield { what: '10,000 bytes', bytes: rawField(number, 2, new Uint8Array(10_000).fill(0xee)) }
  } else if (field.fieldKind !== 'message' && field.fieldKind !== 'map') {
    for (const whole of wholes) yield { what: `${whole}`, bytes: rawField(number, 0, varint(whole)) }
    yield { what: 'padded varint', bytes: rawField(number, 0, Uint8Array.of(0x81, 0x80, 0x00)) }
    yield { what: '11-byte varint', bytes: rawField(number, 0, new Uint8Array(11).fill(0xff)) }
    for (const whole of wholes.slice(-2)) yield { what: `packed ${whole}`, bytes: rawField(number, 2, varint(whole)) }
  }
}

/** The fields of a message inside, and of the first message of a list. */
function* nested(message: ReflectMessage, field: DescField, name: string): Generator<Mutation> {
  const wrap = (inner: Uint8Array): Uint8Array => rawField(field.number, 2, inner)
  if (field.fieldKind === 'message' && message.isSet(field)) {
    for (const { what, bytes } of mutateMessage(message.get(field), name)) yield { what, bytes: wrap(bytes) }
  }
  if (field.fieldKind === 'list' && field.listKind === 'message') {
    const [first] = message.get(field)
    if (!isReflectMessage(first)) return
    for (const { what, bytes } of mutateMessage(first, `${name}[0]`)) yield { what, bytes: wrap(bytes) }
  }
}
