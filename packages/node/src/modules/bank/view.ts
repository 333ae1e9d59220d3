import { fromUtf8, toUtf8 } from '@starling/protocol/bytes/utf8'
import { formatAddress, parseAddress } from '@starling/protocol/crypto/address'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'

/** The chain's one coin. */
export const DENOM = 'uallo'

/** Balance of an address in uallo. */
export function getBalance(state: StateReader, address: string): bigint {
  return readAmount(state.store('bank').get(balanceKey(address)))
}

/** Sets a balance; a zero is deleted rather than stored. */
export function setBalance(state: State, address: string, amount: bigint): void {
  if (amount < 0n) throw new Error(`the balance of ${address} would be ${amount}`)
  const store = state.store('bank')
  if (amount === 0n) store.delete(balanceKey(address))
  else store.put(balanceKey(address), toUtf8(amount.toString()))
}

/** All coins there are, in uallo. */
export function getSupply(state: StateReader): bigint {
  return readAmount(state.store('bank').get(bankKeys.supply(DENOM)))
}

/** Sets the supply. Only `mintCoins` and `burnCoins` may change it. */
export function setSupply(state: State, amount: bigint): void {
  if (amount < 0n) throw new Error(`the supply would be ${amount}`)
  state.store('bank').put(bankKeys.supply(DENOM), toUtf8(amount.toString()))
}

/** Every balance that is not zero, by address bytes. */
export function* listBalances(state: StateReader): Generator<{ readonly address: string; readonly amount: bigint }> {
  const prefix = bankKeys.balances()
  for (const [key, value] of state.store('bank').scan(prefix)) {
    const length = key[prefix.length] ?? 0
    const address = formatAddress(key.subarray(prefix.length + 1, prefix.length + 1 + length))
    yield { address, amount: readAmount(value) }
  }
}

/** Sum of all balances in uallo; undefined where there are more than `most`. */
export function sumBalances(state: StateReader, most: number): bigint | undefined {
  const amounts = [...state.store('bank').scan(bankKeys.balances(), { limit: most + 1 })].map(([, amount]) => amount)
  return amounts.length > most ? undefined : amounts.reduce((sum, amount) => sum + readAmount(amount), 0n)
}

function balanceKey(address: string): Uint8Array {
  const bytes = parseAddress(address)
  if (bytes === undefined) throw new Error(`"${address}" reached the bank unchecked`)
  return bankKeys.balance(bytes, DENOM)
}

function readAmount(bytes: Uint8Array | undefined): bigint {
  return bytes === undefined ? 0n : readWhole(fromUtf8(bytes))
}
