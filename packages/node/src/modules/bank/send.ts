import { create } from '@bufbuild/protobuf'
import type { MsgSend, MsgSendResponse } from '@starling/protocol/gen/cosmos/bank/v1beta1/tx_pb'
import { MsgSendResponseSchema } from '@starling/protocol/gen/cosmos/bank/v1beta1/tx_pb'
import { checkSend } from '@starling/protocol/modules/bank/checkSend'
import { bankError } from '@starling/protocol/modules/bank/errors'
import { isBlockedRecipient } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Context } from '../../app/context.ts'
import { moveCoins } from './moveCoins.ts'

/** `MsgSend`: moves coins between users. */
export function send(context: Context, message: MsgSend): MsgSendResponse {
  const { from, to, amount } = checkSend(message)
  if (isBlockedRecipient(to)) throw bankError('BLOCKED_RECIPIENT', { address: to })
  moveCoins(context, from, to, amount)
  return create(MsgSendResponseSchema)
}
