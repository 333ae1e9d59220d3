import { clone, type JsonObject, mergeFromJson } from '@bufbuild/protobuf'
import { parseAddress } from '@starling/protocol/crypto/address'
import { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { isBlockedRecipient } from '@starling/protocol/modules/bank/moduleAccounts'
import { checkParams } from '@starling/protocol/modules/params/checkParams'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import { ensureAccount } from '../modules/auth/view.ts'
import { rememberGenesisSupply } from '../modules/bank/ledger.ts'
import { DENOM, getBalance, getSupply, setBalance, setSupply } from '../modules/bank/view.ts'
import { getFeesParams, setFeesParams } from '../modules/fees/view.ts'
import { applyMintGenesis, type MintGenesis } from '../modules/mint/genesis.ts'
import { addAdmin, setParams } from '../modules/params/view.ts'
import type { State } from './context.ts'

/** What a chain begins with: plain JSON. Accounts get their numbers in the order of the list. */
export type GenesisState = {
  readonly balances: readonly { readonly address: string; readonly amount: string }[]
  readonly fees?: { readonly minGasPrice?: string }
  /** Parameters that differ from those of the main network, as proto JSON. */
  readonly params?: JsonObject
  /** Addresses that may change parameters. */
  readonly admins?: readonly string[]
  readonly mint?: MintGenesis
}

/** A thousand times the reference's: products of amounts and reward shares still fit what the stores hold. */
const LARGEST_SUPPLY = 10n ** 30n

/** Writes the genesis state; a mistake in it is an error that names its path. */
export function applyGenesis(state: State, genesis: unknown): void {
  const { balances, fees, params, admins, mint } = asRecord(genesis, 'app_state')
  if (!Array.isArray(balances)) throw faulty('balances', 'must be a list of {address, amount}', balances)
  for (const [i, entry] of balances.entries()) fundAccount(state, entry, `balances[${i}]`)
  if (getSupply(state) > LARGEST_SUPPLY) {
    throw faulty('balances', 'must be at most 10^30 uallo together', getSupply(state).toString())
  }
  if (fees !== undefined) applyFees(state, asRecord(fees, 'fees'))
  if (params !== undefined) applyParams(state, params)
  if (admins !== undefined) applyAdmins(state, admins)
  if (mint !== undefined) applyMintGenesis(state, mint)
  rememberGenesisSupply(state)
}

function applyFees(state: State, { minGasPrice }: Record<string, unknown>): void {
  if (minGasPrice === undefined) return
  readAmount(minGasPrice, 'fees.minGasPrice')
  setFeesParams(state, { ...getFeesParams(state), minGasPrice: String(minGasPrice) })
}

function applyParams(state: State, json: unknown): void {
  const params = clone(ParamsSchema, mainnetParams)
  try {
    mergeFromJson(ParamsSchema, params, asRecord(json, 'params') as JsonObject)
    checkParams(params)
  } catch (error) {
    throw new Error(`Genesis: ${error instanceof Error ? error.message : String(error)}. Correct the genesis file.`)
  }
  setParams(state, params)
}

function applyAdmins(state: State, admins: unknown): void {
  if (!Array.isArray(admins)) throw faulty('admins', 'must be a list of addresses', admins)
  for (const [i, address] of admins.entries()) {
    if (typeof address !== 'string' || parseAddress(address) === undefined) {
      throw faulty(`admins[${i}]`, 'must be an allo… address', address)
    }
    addAdmin(state, address)
  }
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
  // determinism-allow: only a sentence of an error
  return new Error(`Genesis: ${path} ${expected}, got ${JSON.stringify(got) ?? 'nothing'}. Correct the genesis file.`)
}
