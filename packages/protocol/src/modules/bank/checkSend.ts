import { parseAddress } from '../../crypto/address.ts'
import type { MsgSend } from '../../gen/cosmos/bank/v1beta1/tx_pb.ts'
import { parseAmount } from '../../num/parseAmount.ts'
import { txError } from '../../tx/errors.ts'
import { bankError } from './errors.ts'

/** What a transfer means once its fields are checked. */
export type Send = { readonly from: string; readonly to: string; readonly amount: bigint }

/** Stateless checks of a transfer: both addresses, exactly one positive amount of uallo. */
export function checkSend({ fromAddress, toAddress, amount }: MsgSend): Send {
  if (parseAddress(fromAddress) === undefined) {
    throw txError('INVALID_ADDRESS', { field: 'from_address', value: fromAddress })
  }
  if (parseAddress(toAddress) === undefined) throw txError('INVALID_ADDRESS', { field: 'to_address', value: toAddress })
  const [coin, ...more] = amount
  if (coin === undefined || more.length > 0) {
    throw txError('INVALID_REQUEST', { reason: `a transfer moves exactly one coin, got ${amount.length}` })
  }
  if (coin.denom !== 'uallo') throw bankError('SEND_DISABLED', { denom: coin.denom })
  const value = parseAmount(coin.amount)
  if (typeof value !== 'bigint') throw txError('INVALID_REQUEST', { reason: `amount ${value.fault}` })
  if (value === 0n) throw txError('INVALID_REQUEST', { reason: 'amount must be positive, got 0' })
  return { from: fromAddress, to: toAddress, amount: value }
}
