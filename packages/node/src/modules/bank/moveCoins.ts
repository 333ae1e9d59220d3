import { txError } from '@starling/protocol/tx/errors'
import type { Context } from '../../app/context.ts'
import { legacyEvent } from '../../app/legacyEvent.ts'
import { ensureAccount } from '../auth/view.ts'
import { DENOM, getBalance, setBalance } from './view.ts'

/** Moves uallo between two accounts; the receiver's account is created where there is none. Nothing moves for 0. */
export function moveCoins(context: Context, from: string, to: string, amount: bigint): void {
  if (amount < 0n) throw new Error(`a transfer of ${amount} from ${from}`)
  const { state, emit } = context
  const balance = getBalance(state, from)
  if (balance < amount) throw txError('INSUFFICIENT_FUNDS', { balance, needed: amount })
  ensureAccount(state, to)
  if (amount === 0n) return
  setBalance(state, from, balance - amount)
  setBalance(state, to, getBalance(state, to) + amount)
  const coins = `${amount}${DENOM}`
  emit(legacyEvent('coin_spent', { spender: from, amount: coins }))
  emit(legacyEvent('coin_received', { receiver: to, amount: coins }))
  emit(legacyEvent('transfer', { recipient: to, sender: from, amount: coins }))
}
