/** Keys from `start` (included) to `end` (excluded), in byte order. */
export type KeyRange = { readonly start: Uint8Array; readonly end: Uint8Array }

/** The little that the block store asks of a database; two implementations, one behaviour. */
export interface OrderedKv {
  get(key: Uint8Array): Uint8Array | undefined
  keys(range: KeyRange): readonly Uint8Array[]
  entries(range: KeyRange): readonly (readonly [key: Uint8Array, value: Uint8Array])[]
  /** All entries or none; durable when it returns. */
  write(entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[]): void
  close(): void
}
