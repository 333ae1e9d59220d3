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
  /** Drops the working layer and frees the directory. */
  close(): void
}
