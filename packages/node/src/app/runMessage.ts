import { create, toBinary } from '@bufbuild/protobuf'
import { type Any, AnySchema } from '@bufbuild/protobuf/wkt'
import { txError } from '@starling/protocol/tx/errors'
import { type MessageUrl, type ProtocolMessage, signerOf } from '@starling/protocol/tx/messages'
import type { Context } from './context.ts'
import { type Handler, handlers } from './handlers.ts'
import { legacyEvent } from './legacyEvent.ts'

/** Runs one message of a transaction and returns its response; its events carry the message's index. */
export function runMessage(context: Context, message: ProtocolMessage, index: number): Any {
  const { typeUrl } = message
  // The table pairs each URL with the handler of its message; TypeScript cannot follow a union through a lookup.
  const handler = handlers[typeUrl] as Handler<MessageUrl> | undefined
  if (handler === undefined) throw txError('UNKNOWN_MESSAGE', { typeUrl })
  const position = { key: 'msg_index', value: String(index), index: true }
  const emit: Context['emit'] = ({ type, attributes }) => context.emit({ type, attributes: [...attributes, position] })
  emit(legacyEvent('message', { action: typeUrl, sender: signerOf(message) }))
  const response = handler.run({ ...context, emit }, message.value)
  return create(AnySchema, {
    typeUrl: `/${handler.response.typeName}`,
    value: toBinary(handler.response, response),
  })
}
