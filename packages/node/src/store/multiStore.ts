import type { ProofOp } from '@starling/protocol/proof/proofOp'
import type { Store } from './store.ts'

/** A committed state: its version (the block height) and what the app hash is made of. */
export type CommitInfo = { readonly version: bigint; readonly root: Uint8Array }

/** One store per module, by name. */
export interface StoreSet {
  /** Throws a RangeError for a name that was not opened. */
  store(name: string): Store
  /** One child layer over every store. */
  fork(): StoreSetFork
}

/** Writes to any of the stores that are kept or dropped together. */
export interface StoreSetFork extends StoreSet {
  apply(): void
  discard(): void
}

/** A key's value as of a version, and the two steps that prove it: key under its store, store under the root. */
export type ProvenValue = { readonly value: Uint8Array | undefined; readonly ops: readonly ProofOp[] }

/** The whole state. Writes collect in a working layer in memory until `commit` makes them durable at once. */
export interface MultiStore extends StoreSet {
  /** Last committed version and root; version 0 before the first commit. */
  latest(): CommitInfo
  /** The root that `commit(version)` would give now, with nothing written. */
  workingRoot(version: bigint): Uint8Array
  /** Makes the working layer durable. Any first version, then each the one before plus one. A failed commit keeps the working layer. */
  commit(version: bigint): CommitInfo
  /** A throw-away layer over the last committed state that does not see the working layer and is never applied. */
  scratch(): StoreSet
  /** Oldest version that `at` and `prove` answer for; 0 before the first commit. */
  earliest(): bigint
  /**
   * The state as of a kept version, to be read; writes to it lead nowhere. It stays as it is while later versions are
   * committed, until it is pruned. `StoreError` PRUNED for a version that is not kept any more, a RangeError for one to come.
   */
  at(version: bigint): StoreSet
  /**
   * A key's value as of a kept version with ICS-23 proofs, as Cosmos nodes answer `/store/NAME/key`: `ics23:iavl` (present or
   * absent) under the store's root, `ics23:simple` of that under the version's root. Throws as `at` does. A key without bytes
   * and one in an empty store have no proof that a verifier accepts: ICS-23 knows none.
   */
  prove(name: string, key: Uint8Array, version: bigint): ProvenValue
  /** Writes a kept version as one file, the same bytes on every node; throws as `at` does. */
  exportState(version: bigint, write: (chunk: Uint8Array) => void): void
  /**
   * Takes an exported state, cut anyhow, into a state without a commit. A damaged one (`StoreError` DAMAGED), one of another
   * chain (WRONG_CHAIN) or with other stores (WRONG_VERSION) is refused, and leaves nothing behind.
   */
  importState(chunks: Iterable<Uint8Array>): CommitInfo
  /** Drops the working layer and frees the directory. */
  close(): void
}
