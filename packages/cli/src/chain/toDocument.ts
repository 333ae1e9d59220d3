import { type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf'

/** What `--json` prints: plain data. */
export type Document = { readonly [field: string]: unknown }

/**
 * A message as programs read it from the command line: heights, nonces, ids and counts as numbers, coins and decimals as
 * text, bytes in hexadecimal, `null` for what is absent.
 */
export function toDocument(schema: DescMessage, message: Message): Document {
  // A message's type says nothing of its fields where the schema is known only at run time.
  const values = message as unknown as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    schema.fields.map((field) => [field.localName, fieldToValue(field, values[field.localName])]),
  )
}

function fieldToValue(field: DescField, value: unknown): unknown {
  if (value === undefined) return null
  if (field.fieldKind === 'list') return Array.from(value as Iterable<unknown>, (one) => oneToValue(field, one))
  return oneToValue(field, value)
}

function oneToValue({ message, enum: names, scalar }: DescField, value: unknown): unknown {
  if (message !== undefined) return toDocument(message, value as Message)
  if (names !== undefined) return names.value[Number(value)]?.name ?? Number(value)
  if (typeof value === 'bigint') return Number(value)
  if (scalar === ScalarType.BYTES) return Buffer.from(value as Uint8Array).toString('hex')
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return value
}
