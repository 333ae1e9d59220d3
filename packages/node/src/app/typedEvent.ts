import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  type MessageInitShape,
  ScalarType,
} from '@bufbuild/protobuf'
import { isReflectMessage, type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect'
import { toBase64 } from '@starling/protocol/bytes/base64'
import type { AbciEvent } from './application.ts'

/**
 * A typed event: one attribute per field by its name in the schema, in alphabetical order, defaults included; each
 * value is the field's compact JSON text, for example `"13"` with its quotes for a uint64. SPEC wire 5
 *
 * Numbers in events are decimal texts (SPEC GR-1): a schema with a float field is an error, as is one with a map.
 */
export function typedEvent<D extends DescMessage>(schema: D, message: MessageInitShape<D>): AbciEvent {
  const reflected = reflect(schema, create(schema, message))
  return {
    type: schema.typeName,
    attributes: fieldsOf(reflected)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((field) => ({ key: field.name, value: fieldText(reflected, field), index: true })),
  }
}

/** All fields in the order of the schema, less the members of a oneof that are not chosen. */
function fieldsOf(message: ReflectMessage): readonly DescField[] {
  return message.fields.filter((field) => field.oneof === undefined || message.isSet(field))
}

// determinism-allow: as deep as the schemas nest, a few levels
function fieldText(message: ReflectMessage, field: DescField): string {
  switch (field.fieldKind) {
    case 'scalar':
      return scalarText(field.scalar, message.get(field), field)
    case 'enum':
      return enumText(field.enum, message.get(field))
    case 'message':
      return message.isSet(field) ? messageText(message.get(field)) : 'null'
    case 'list':
      return `[${Array.from(message.get(field), (item) => itemText(item, field)).join(',')}]`
    case 'map':
      throw unsupported(field)
  }
}

function itemText(item: unknown, field: DescField & { fieldKind: 'list' }): string {
  // determinism-allow: the number of an enum
  if (field.listKind === 'enum') return enumText(field.enum, Number(item))
  if (field.listKind === 'scalar') return scalarText(field.scalar, item, field)
  if (isReflectMessage(item)) return messageText(item)
  throw unsupported(field)
}

/** A message inside an event: an object whose keys keep the order of the schema. */
function messageText(message: ReflectMessage): string {
  const members = fieldsOf(message).map((field) => `${JSON.stringify(field.name)}:${fieldText(message, field)}`)
  return `{${members.join(',')}}`
}

function scalarText(type: ScalarType, value: unknown, field: DescField): string {
  if (type === ScalarType.FLOAT || type === ScalarType.DOUBLE) throw unsupported(field)
  if (typeof value === 'bigint') return `"${value}"`
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Uint8Array) return value.length === 0 ? 'null' : `"${toBase64(value)}"`
  return String(value)
}

/** The name in quotes; a number that the schema does not name stays a number. */
function enumText({ value }: DescEnum, number: number): string {
  const name = value[number]?.name
  return name === undefined ? String(number) : `"${name}"`
}

function unsupported({ parent, name }: DescField): Error {
  return new Error(`${parent.typeName}.${name} has a type that events do not carry`)
}
