import {
  type DescField,
  type DescMessage,
  fromBinary,
  type JsonObject,
  type JsonValue,
  type Message,
  ScalarType,
  toJson,
} from '@bufbuild/protobuf'
import { type Any, AnySchema } from '@bufbuild/protobuf/wkt'
import { decOfScaled, formatLegacyDec } from '@starling/protocol/num/legacyDec'
import { anyTypes } from './anyTypes.ts'
import { specialField } from './specialFields.ts'

type Printer = (value: unknown) => JsonValue
type Plan = readonly { readonly field: DescField; readonly print: Printer }[]

/** PERF: the printers of a schema's fields are looked up once, not once per answer. */
const plans = new Map<DescMessage, Plan>()

/**
 * Proto JSON as the reference's REST gateway prints it: names as in the schema, every field present, 64-bit integers as
 * text, bytes in base64, `null` for what is absent. SPEC wire 2
 */
export function messageToJson(schema: DescMessage, message: Message): JsonObject {
  const values = fieldsOf(message)
  const json: JsonObject = {}
  for (const { field, print } of planOf(schema)) {
    const oneof = field.oneof === undefined ? undefined : fieldsOf(values[field.oneof.localName])
    if (oneof !== undefined && oneof.case !== field.localName) continue
    const value = oneof === undefined ? values[field.localName] : oneof.value
    json[field.name] = value === undefined ? null : print(value)
  }
  return json
}

/** A message's fields by local name; its type says nothing of them where the schema is known only at run time. */
function fieldsOf(message: unknown): Readonly<Record<string, unknown>> {
  return message as Readonly<Record<string, unknown>>
}

function planOf(schema: DescMessage): Plan {
  const known = plans.get(schema)
  if (known !== undefined) return known
  const plan = schema.fields.map((field) => ({ field, print: printerOf(field) }))
  plans.set(schema, plan)
  return plan
}

function printerOf(field: DescField): Printer {
  const special = specialField(field.parent.typeName, field.name)
  if (special === 'text') return (value) => asText(value)
  if (special === 'legacyDec') return (value) => formatLegacyDec(decOfScaled(BigInt(asText(value))))
  if (field.fieldKind === 'list') {
    const print = singlePrinter(field.listKind === 'message' ? field.message : undefined, field)
    return (value) => Array.from(value as Iterable<unknown>, print)
  }
  if (field.fieldKind === 'map') {
    const print = singlePrinter(field.mapKind === 'message' ? field.message : undefined, field)
    return (value) => Object.fromEntries(Object.entries(fieldsOf(value)).map(([key, one]) => [key, print(one)]))
  }
  return singlePrinter(field.message, field)
}

function singlePrinter(message: DescMessage | undefined, { enum: names, scalar }: DescField): Printer {
  if (message?.typeName === AnySchema.typeName) return (value) => anyToJson(value as Any)
  // The well-known types have spellings of their own.
  if (message?.typeName.startsWith('google.protobuf.')) return (value) => toJson(message, value as Message) as JsonValue
  if (message !== undefined) return (value) => messageToJson(message, value as Message)
  if (names !== undefined) return (value) => names.value[Number(value)]?.name ?? Number(value)
  return scalarPrinter(scalar)
}

function scalarPrinter(scalar: ScalarType | undefined): Printer {
  switch (scalar) {
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return String
    case ScalarType.BYTES:
      return (value) => Buffer.from(value as Uint8Array).toString('base64')
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return (value) => (Number.isFinite(value) ? Number(value) : String(value))
    default:
      return (value) => value as JsonValue
  }
}

/** What an Any holds, with its type; the plain bytes where the type is unknown here or the bytes are not of it. */
function anyToJson({ typeUrl, value }: Any): JsonValue {
  const schema = anyTypes.get(typeUrl.slice(typeUrl.lastIndexOf('/') + 1))
  try {
    if (schema !== undefined) return { '@type': typeUrl, ...messageToJson(schema, fromBinary(schema, value)) }
  } catch {
    // Printed as bytes, below.
  }
  return { '@type': typeUrl, value: Buffer.from(value).toString('base64') }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('utf8')
}
