import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { fromUtf8, toUtf8 } from '@starling/protocol/bytes/utf8'
import { type BaseAccount, BaseAccountSchema } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import { authKeys } from '@starling/protocol/modules/auth/keys'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'

/** The account of an address; undefined where it never received coins. */
export function getAccount(state: StateReader, address: string): BaseAccount | undefined {
  const bytes = state.store('auth').get(authKeys.account(address))
  return bytes === undefined ? undefined : fromBinary(BaseAccountSchema, bytes)
}

/** Stores an account. */
export function setAccount(state: State, account: BaseAccount): void {
  state.store('auth').put(authKeys.account(account.address), toBinary(BaseAccountSchema, account))
}

/** The account of an address, created with the next free number where there is none. */
export function ensureAccount(state: State, address: string): BaseAccount {
  const known = getAccount(state, address)
  if (known !== undefined) return known
  const store = state.store('auth')
  const bytes = store.get(authKeys.nextAccountNumber())
  const accountNumber = bytes === undefined ? 0n : readWhole(fromUtf8(bytes))
  store.put(authKeys.nextAccountNumber(), toUtf8((accountNumber + 1n).toString()))
  const account = create(BaseAccountSchema, { address, accountNumber })
  setAccount(state, account)
  return account
}
