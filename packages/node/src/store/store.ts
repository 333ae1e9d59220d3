/** Narrows a scan. */
export type ScanOptions = {
  /** First key to consider, inclusive, in scan order: a lower bound, or an upper bound where `reverse` is set. */
  readonly start?: Uint8Array
  /** Descending byte order instead of ascending. */
  readonly reverse?: boolean
  /** Most entries to return. */
  readonly limit?: number
}

/** Reads see this layer's own writes first, then its parent's. Every returned array is a copy. */
export interface StoreReader {
  get(key: Uint8Array): Uint8Array | undefined
  /**
   * Entries whose key starts with `prefix`, in byte order. Writing during a scan is allowed: the scan shows
   * what lies ahead of it as it is when it gets there. A commit during a scan makes its next step throw.
   */
  scan(prefix: Uint8Array, options?: ScanOptions): Iterable<readonly [key: Uint8Array, value: Uint8Array]>
}

/** The ordered bytes of one module (SPEC GR-4). Keys and values are copied on the way in. */
export interface Store extends StoreReader {
  put(key: Uint8Array, value: Uint8Array): void
  delete(key: Uint8Array): void
  /** A child layer that sees this one and keeps its own writes. Forks nest. */
  fork(): StoreFork
}

/** A layer of writes that may be kept or dropped; afterwards every use of it throws. */
export interface StoreFork extends Store {
  /** Folds the writes into the parent. */
  apply(): void
  /** Drops the writes. */
  discard(): void
}
