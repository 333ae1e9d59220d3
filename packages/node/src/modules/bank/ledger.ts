import { bankKeys } from '@starling/protocol/modules/bank/keys'
import type { State, StateReader } from '../../app/context.ts'
import { getWhole, putWhole } from '../../store/values.ts'
import { getSupply } from './view.ts'

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

/** Notes coins that were made. */
export function addMinted(state: State, amount: bigint): void {
  putWhole(state.store('bank'), bankKeys.ledger('minted'), getLedger(state).minted + amount)
}

/** Notes coins that were burned. */
export function addBurned(state: State, amount: bigint): void {
  putWhole(state.store('bank'), bankKeys.ledger('burned'), getLedger(state).burned + amount)
}
