import { pathKey } from '../../bytes/pathKey.ts'

/** Keys of the auth store. */
export const authKeys: {
  /** One account: a `cosmos.auth.v1beta1.BaseAccount`. */
  readonly account: (address: string) => Uint8Array
  /** The number that the next new account gets, as decimal text. */
  readonly nextAccountNumber: () => Uint8Array
} = {
  account: (address) => pathKey('account', address),
  nextAccountNumber: () => pathKey('next_account_number'),
}
