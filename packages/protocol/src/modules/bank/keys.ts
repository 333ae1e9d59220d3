import { concatBytes } from '../../bytes/concatBytes.ts'
import { pathKey } from '../../bytes/pathKey.ts'
import { toUtf8 } from '../../bytes/utf8.ts'

const SUPPLY = 0x00
const BALANCE = 0x02

/** Coins of genesis, coins made and coins burned since; what came into escrows, and what burned or was paid out of them. */
export type LedgerLine =
  | 'genesis'
  | 'minted'
  | 'burned'
  | 'fees_paid'
  | 'fees_burned'
  | 'fees_validators'
  | 'fees_contributors'

/** Keys of the bank store: byte for byte those of the Cosmos SDK, so that existing proofs fit (SPEC GR-4). */
export const bankKeys: {
  /** 0x00 ‖ denom → total supply as decimal text. */
  readonly supply: (denom: string) => Uint8Array
  /** 0x02 ‖ length ‖ address bytes ‖ denom → balance as decimal text. */
  readonly balance: (address: Uint8Array, denom: string) => Uint8Array
  /** Prefix of all balances, or of one address's. */
  readonly balances: (address?: Uint8Array) => Uint8Array
  /** What the supply is made of, and where fees went, as decimal text in uallo. */
  readonly ledger: (line: LedgerLine) => Uint8Array
} = {
  supply: (denom) => concatBytes(Uint8Array.of(SUPPLY), toUtf8(denom)),
  balance: (address, denom) => concatBytes(bankKeys.balances(address), toUtf8(denom)),
  balances: (address) =>
    address === undefined ? Uint8Array.of(BALANCE) : concatBytes(Uint8Array.of(BALANCE, address.length), address),
  ledger: (line) => pathKey('ledger', line),
}
