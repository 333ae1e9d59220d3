import { concatBytes } from '../../bytes/concatBytes.ts'
import { pathKey } from '../../bytes/pathKey.ts'
import { toUtf8 } from '../../bytes/utf8.ts'

const SUPPLY = 0x00
const BALANCE = 0x02

/** Keys of the bank store: byte for byte those of the Cosmos SDK, so that existing proofs fit (SPEC GR-4). */
export const bankKeys: {
  /** 0x00 ‖ denom → total supply as decimal text. */
  readonly supply: (denom: string) => Uint8Array
  /** 0x02 ‖ length ‖ address bytes ‖ denom → balance as decimal text. */
  readonly balance: (address: Uint8Array, denom: string) => Uint8Array
  /** Prefix of all balances, or of one address's. */
  readonly balances: (address?: Uint8Array) => Uint8Array
  /** What the supply is made of, as decimal text: coins of genesis, coins made and coins burned since. */
  readonly ledger: (line: 'genesis' | 'minted' | 'burned') => Uint8Array
} = {
  supply: (denom) => concatBytes(Uint8Array.of(SUPPLY), toUtf8(denom)),
  balance: (address, denom) => concatBytes(bankKeys.balances(address), toUtf8(denom)),
  balances: (address) =>
    address === undefined ? Uint8Array.of(BALANCE) : concatBytes(Uint8Array.of(BALANCE, address.length), address),
  ledger: (line) => pathKey('ledger', line),
}
