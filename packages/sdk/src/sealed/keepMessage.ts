import { create, type DescMessage, toBinary } from '@bufbuild/protobuf'
import { fromBase64, toBase64 } from '@starling/protocol/bytes/base64'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { decodeMessage, messageSchemas } from '@starling/protocol/tx/messages'

/** A message as one line of text: its type URL and its bytes in base64. */
export function keepMessage({ typeUrl, value }: MessageToSend): string {
  const schema: DescMessage = messageSchemas[typeUrl]
  return `${typeUrl} ${toBase64(toBinary(schema, create(schema, value)))}`
}

/** The message again; undefined for a text that holds none. */
export function readKeptMessage(text: string): MessageToSend | undefined {
  const [typeUrl = '', encoded = ''] = text.split(' ')
  const bytes = fromBase64(encoded)
  if (bytes === undefined) return undefined
  try {
    return decodeMessage(typeUrl, bytes)
  } catch {
    return undefined
  }
}
