import type { KeyRange } from './keyRange.ts'
import type { Entry, SortedMap } from './sortedMap.ts'

/** Writes of one layer: a value, or undefined where the key was deleted. */
export type WriteSet = SortedMap<Uint8Array | undefined>

/** Committed entries of one store, unchanging between commits. Returned arrays are not shared with the caller's. */
export interface Base {
  /** Grows with every commit, so that a scan can tell that it was overtaken. */
  generation(): number
  get(key: Uint8Array): Uint8Array | undefined
  range(range: KeyRange): Iterable<Entry<Uint8Array>>
}

/** What is committed besides the entries: the version, its root and each store's own root. */
export type StateMeta = {
  readonly version: bigint
  readonly root: Uint8Array
  readonly storeRoots: ReadonlyMap<string, Uint8Array>
}

/** Where committed state lives. */
export interface BackEnd {
  meta(): StateMeta
  base(name: string): Base
  /** Makes all write sets and the meta record durable, or throws with nothing changed. */
  write(meta: StateMeta, writeSets: ReadonlyMap<string, WriteSet>): void
  close(): void
}
