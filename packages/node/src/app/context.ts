import type { StoreSet } from '../store/multiStore.ts'
import type { StoreReader } from '../store/store.ts'
import type { AbciEvent } from './application.ts'

/** State that a view reads: the stores of the modules by name. */
export type StateReader = { store(name: string): StoreReader }

/** State that a transition writes. */
export type State = StoreSet

/** What a message handler and a block hook get: the state, where the chain stands, and where events go. */
export type Context = {
  readonly state: State
  readonly chainId: string
  /** Height of the block being made. */
  readonly height: bigint
  readonly emit: (event: AbciEvent) => void
}
