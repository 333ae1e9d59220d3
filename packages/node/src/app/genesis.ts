import { parseAddress } from '@starling/protocol/crypto/address'
import { isBlockedRecipient } from '@starling/protocol/modules/bank/moduleAccounts'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import { ensureAccount } from '../modules/auth/view.ts'
import { DENOM, getBalance, getSupply, setBalance, setSupply } from '../modules/bank/view.ts'
import { getFeesParams, setFeesParams } from '../modules/fees/view.ts'
import type { State } from './context.ts'

/** What a chain begins with: plain JSON. Accounts get their numbers in the order of the list. */
export type GenesisState = {
  readonly balances: readonly { readonly address: string; readonly amount: string }[]
  readonly fees?: { readonly minGasPrice?: string }
}

/** Writes the genesis state; a mistake in it is an error that names its path. */
export function applyGenesis(state: State, genesis: unknown): void {
  const { balances, fees } = asRecord(genesis, 'app_state')
  if (!Array.isArray(balances)) throw faulty('balances', 'must be a list of {address, amount}', balances)
  for (const [i, entry] of balances.entries()) fundAccount(state, entry, `balances[${i}]`)
  if (fees === undefined) return
  const { minGasPrice } = asRecord(fees, 'fees')
  if (minGasPrice === undefined) return
  readAmount(minGasPrice, 'fees.minGasPrice')
  setFeesParams(state, { ...getFeesParams(state), minGasPrice: String(minGasPrice) })
}

function fundAccount(state: State, entry: unknown, path: string): void {
  const { address, amount } = asRecord(entry, path)
  if (typeof address !== 'string' || parseAddress(address) === undefined) {
    throw faulty(`${path}.address`, 'must be an allo… address', address)
  }
  if (isBlockedRecipient(address)) throw faulty(`${path}.address`, 'must not be a module account', address)
  const value = readAmount(amount, `${path}.amount`)
  if (getBalance(state, address) > 0n) throw faulty(`${path}.address`, 'must appear once', address)
  ensureAccount(state, address)
  setBalance(state, address, value)
  setSupply(state, getSupply(state) + value)
}

function readAmount(value: unknown, path: string): bigint {
  const amount = typeof value === 'string' ? parseAmount(value) : undefined
  if (typeof amount === 'bigint') return amount
  throw faulty(path, `must be a whole number of ${DENOM} as text`, value)
}

function asRecord(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw faulty(path, 'must be an object', value)
}

function faulty(path: string, expected: string, got: unknown): Error {
  return new Error(`Genesis: ${path} ${expected}, got ${JSON.stringify(got) ?? 'nothing'}. Correct the genesis file.`)
}
