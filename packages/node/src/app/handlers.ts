import type { DescMessage, Message } from '@bufbuild/protobuf'
import { MsgSendResponseSchema } from '@starling/protocol/gen/cosmos/bank/v1beta1/tx_pb'
import type { MessageTypes, MessageUrl } from '@starling/protocol/tx/messages'
import { send } from '../modules/bank/send.ts'
import type { Context } from './context.ts'

/** What executes one kind of message: a transition, and the schema of the response that it returns. */
export type Handler<U extends MessageUrl> = {
  readonly response: DescMessage
  readonly run: (context: Context, message: MessageTypes[U]) => Message
}

/** The transition of each message that this node executes; a message without one is refused as unknown. */
export const handlers: { readonly [U in MessageUrl]?: Handler<U> } = {
  '/cosmos.bank.v1beta1.MsgSend': { response: MsgSendResponseSchema, run: send },
}
