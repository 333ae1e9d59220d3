import { bankKeys, type LedgerLine } from '@starling/protocol/modules/bank/keys'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { State, StateReader } from '../../app/context.ts'
import { getWhole, putWhole } from '../../store/values.ts'
import { getBalance, getSupply } from './view.ts'

/** What the supply is made of, in uallo: supply = genesis + minted − burned. */
export type Ledger = {
  readonly genesis: bigint
  readonly minted: bigint
  readonly burned: bigint
  readonly supply: bigint
}

export function getLedger(state: StateReader): Ledger {
  const line = (name: 'genesis' | 'minted' | 'burned'): bigint => getWhole(state.store('bank'), bankKeys.ledger(name))
  return { genesis: line('genesis'), minted: line('minted'), burned: line('burned'), supply: getSupply(state) }
}

/** Notes the coins that the chain begins with. */
export function rememberGenesisSupply(state: State): void {
  putWhole(state.store('bank'), bankKeys.ledger('genesis'), getSupply(state))
}

/** Fees in uallo: paid = in escrow + burned + validators + contributors. SPEC PW-1 */
export type FeeLedger = {
  readonly paid: bigint
  readonly escrow: bigint
  readonly burned: bigint
  readonly validators: bigint
  readonly contributors: bigint
}

export function getFeeLedger(state: StateReader): FeeLedger {
  const line = (name: LedgerLine): bigint => getWhole(state.store('bank'), bankKeys.ledger(name))
  return {
    paid: line('fees_paid'),
    escrow: getBalance(state, moduleAddresses.starlingescrow),
    burned: line('fees_burned'),
    validators: line('fees_validators'),
    contributors: line('fees_contributors'),
  }
}

/** Adds uallo to a line: coins that were made or burned, fees that came in or went out. */
export function addToLedger(state: State, line: LedgerLine, amount: bigint): void {
  const key = bankKeys.ledger(line)
  putWhole(state.store('bank'), key, getWhole(state.store('bank'), key) + amount)
}
