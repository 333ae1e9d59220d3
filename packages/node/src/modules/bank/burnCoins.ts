import { type ModuleAccount, moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { txError } from '@starling/protocol/tx/errors'
import type { Context } from '../../app/context.ts'
import { legacyEvent } from '../../app/legacyEvent.ts'
import { addToLedger } from './ledger.ts'
import { DENOM, getBalance, getSupply, setBalance, setSupply } from './view.ts'

/** Destroys coins of a module account; the supply shrinks by as much. */
export function burnCoins({ state, emit }: Context, account: ModuleAccount, amount: bigint): void {
  if (amount < 0n) throw new Error(`a burn of ${amount} from ${account}`)
  if (amount === 0n) return
  const address = moduleAddresses[account]
  const balance = getBalance(state, address)
  if (balance < amount) throw txError('INSUFFICIENT_FUNDS', { balance, needed: amount })
  setBalance(state, address, balance - amount)
  setSupply(state, getSupply(state) - amount)
  addToLedger(state, 'burned', amount)
  emit(legacyEvent('burn', { burner: address, amount: `${amount}${DENOM}` }))
}
