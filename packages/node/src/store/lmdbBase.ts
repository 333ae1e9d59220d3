import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import type { Database } from 'lmdb'
import type { Base } from './backEnd.ts'
import { type KeyRange, prefixEnd } from './keyRange.ts'
import { entryPrefix } from './lmdbKeys.ts'
import type { Entry } from './sortedMap.ts'
import type { StoreError } from './storeError.ts'
import { openValue } from './tree/checkedRecord.ts'

/** The table of a state directory. */
export type Bytes = Database<Uint8Array, Uint8Array>

/** What the entries of all stores share: the count of commits so far, and the error for a damaged entry. */
export type BaseOwner = { readonly commits: () => number; readonly damage: (found: string) => StoreError }

/** One store's latest entries in LMDB, each behind a checksum. */
export class LmdbBase implements Base {
  private readonly db: Bytes
  private readonly name: string
  private readonly prefix: Uint8Array
  private readonly end: Uint8Array | undefined
  private readonly owner: BaseOwner

  constructor(db: Bytes, name: string, owner: BaseOwner) {
    this.db = db
    this.name = name
    this.prefix = entryPrefix(name)
    this.end = prefixEnd(this.prefix)
    this.owner = owner
  }

  generation(): number {
    return this.owner.commits()
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const record = this.db.get(concatBytes(this.prefix, key))
    return record === undefined ? undefined : this.open(key, record)
  }

  *range({ from, to, reverse }: KeyRange): Generator<Entry<Uint8Array>> {
    const low = concatBytes(this.prefix, from)
    const high = to === undefined ? this.end : concatBytes(this.prefix, to)
    if (high === undefined) return
    if (Buffer.compare(low, high) >= 0) return
    const bounds = reverse
      ? { start: high, end: low, reverse, exclusiveStart: true, inclusiveEnd: true }
      : { start: low, end: high }
    for (const entry of this.db.getRange(bounds)) {
      const key = new Uint8Array(entry.key.subarray(this.prefix.length))
      yield { key, value: this.open(key, entry.value) }
    }
  }

  private open(key: Uint8Array, record: Uint8Array): Uint8Array {
    const value = openValue(key, record)
    if (value === undefined) {
      throw this.owner.damage(
        `entry ${Buffer.from(key).toString('hex')} of store '${this.name}' is not what was written`,
      )
    }
    return new Uint8Array(value)
  }
}
