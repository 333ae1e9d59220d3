import { type ModuleAccount, moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Context } from '../../app/context.ts'
import { legacyEvent } from '../../app/legacyEvent.ts'
import { ensureAccount } from '../auth/view.ts'
import { addToLedger } from './ledger.ts'
import { DENOM, getBalance, getSupply, setBalance, setSupply } from './view.ts'

/** Creates coins in a module account; the supply grows by as much. */
export function mintCoins({ state, emit }: Context, account: ModuleAccount, amount: bigint): void {
  if (amount < 0n) throw new Error(`a mint of ${amount} to ${account}`)
  if (amount === 0n) return
  const address = moduleAddresses[account]
  ensureAccount(state, address)
  setBalance(state, address, getBalance(state, address) + amount)
  setSupply(state, getSupply(state) + amount)
  addToLedger(state, 'minted', amount)
  emit(legacyEvent('coinbase', { minter: address, amount: `${amount}${DENOM}` }))
}
