import { type DescMessage, type JsonValue, type Message, toJson } from '@bufbuild/protobuf'
import { messageSchemas, type ProtocolMessage } from '@starling/protocol/tx/messages'

/** A field of a message by the path of its name, and its value as text. */
export type MessageField = { readonly path: string; readonly value: string }

/** Fields of a message that are shown. */
const MOST = 500

/** The fields of a message with their names on the wire, one line for each; what is left out has its default. */
export function toFields({ typeUrl, value }: ProtocolMessage): readonly MessageField[] {
  // The registry pairs each URL with its schema; TypeScript cannot follow a union through a lookup.
  const schema: DescMessage = messageSchemas[typeUrl]
  const message: Message = value
  const fields: MessageField[] = []
  flatten('', toJson(schema, message, { useProtoFieldName: true }), fields)
  return fields
}

function flatten(path: string, value: JsonValue, into: MessageField[]): void {
  if (into.length >= MOST) return
  if (Array.isArray(value)) for (const [i, item] of value.entries()) flatten(`${path}[${i}]`, item, into)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) flatten(path === '' ? name : `${path}.${name}`, item, into)
  } else into.push({ path, value: String(value) })
}
