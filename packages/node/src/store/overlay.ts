import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { Base, WriteSet } from './backEnd.ts'
import { type KeyRange, keyRange, successor } from './keyRange.ts'
import { type Entry, SortedMap } from './sortedMap.ts'
import type { ScanOptions, StoreFork } from './store.ts'

/** Longest key that every back end holds. */
export const MAX_KEY_BYTES = 1024

/** A layer of writes over another one or over committed entries. */
export class Overlay implements StoreFork {
  readonly writes: WriteSet = new SortedMap<Uint8Array | undefined>()
  private readonly base: Base
  private readonly parent: Overlay | undefined
  private closed = false

  constructor(base: Base, parent?: Overlay) {
    this.base = base
    this.parent = parent
  }

  get(key: Uint8Array): Uint8Array | undefined {
    this.assertOpen()
    for (let layer: Overlay | undefined = this; layer !== undefined; layer = layer.parent) {
      const found = layer.writes.get(key)
      if (found !== undefined) return found.value?.slice()
    }
    return key.length > MAX_KEY_BYTES ? undefined : this.base.get(key)?.slice()
  }

  scan(prefix: Uint8Array, options: ScanOptions = {}): Iterable<readonly [Uint8Array, Uint8Array]> {
    this.assertOpen()
    const { limit = Number.MAX_SAFE_INTEGER } = options
    if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError(`scan limit must be a count, got ${limit}`)
    const long = prefix.length > MAX_KEY_BYTES || (options.start?.length ?? 0) > MAX_KEY_BYTES
    if (long) throw new RangeError(`scan bounds are at most ${MAX_KEY_BYTES} bytes`)
    return this.walk(keyRange(prefix, options), limit)
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.write(key, value.slice())
  }

  delete(key: Uint8Array): void {
    this.write(key, undefined)
  }

  fork(): Overlay {
    this.assertOpen()
    return new Overlay(this.base, this)
  }

  apply(): void {
    this.assertOpen()
    if (this.parent === undefined) throw new Error('a store without a parent has nothing to be applied to')
    for (const { key, value } of this.writes.entries()) this.parent.writes.set(key, value)
    this.discard()
  }

  discard(): void {
    this.assertOpen()
    this.closed = true
    this.writes.clear()
  }

  private write(key: Uint8Array, value: Uint8Array | undefined): void {
    this.assertOpen()
    if (key.length > MAX_KEY_BYTES) throw new RangeError(`a key has at most ${MAX_KEY_BYTES} bytes, got ${key.length}`)
    this.writes.set(key.slice(), value)
  }

  private assertOpen(): void {
    for (let layer: Overlay | undefined = this; layer !== undefined; layer = layer.parent)
      if (layer.closed) throw new Error('this store was applied, discarded or closed')
  }

  /** Committed entries come from one cursor, the layers are asked anew at every step because they may change. */
  private *walk(range: KeyRange, limit: number): Generator<readonly [Uint8Array, Uint8Array]> {
    if (limit === 0) return
    const generation = this.base.generation()
    const cursor = this.base.range(range)[Symbol.iterator]()
    try {
      let committed = cursor.next()
      let rest = range
      let left = limit
      while (left > 0) {
        this.assertOpen()
        if (this.base.generation() !== generation) throw new Error('the state was committed during this scan')
        const base = committed.done ? undefined : committed.value
        const next = this.firstOf(rest, base)
        if (next === undefined) return
        if (base !== undefined && compareBytes(base.key, next.key) === 0) committed = cursor.next()
        rest = range.reverse ? { ...rest, to: next.key } : { ...rest, from: successor(next.key) }
        if (next.value === undefined) continue
        left--
        yield [next.key.slice(), next.value.slice()]
      }
    } finally {
      cursor.return?.()
    }
  }

  /** First entry of the range over all layers, the upper layer winning over a lower one and over `base`. */
  private firstOf(range: KeyRange, base: Entry<Uint8Array> | undefined): Entry<Uint8Array | undefined> | undefined {
    let first: Entry<Uint8Array | undefined> | undefined
    for (let layer: Overlay | undefined = this; layer !== undefined; layer = layer.parent) {
      const entry = range.reverse ? layer.writes.below(range.to) : layer.writes.ceiling(range.from)
      if (entry !== undefined && isInside(entry.key, range) && isBefore(entry, first, range)) first = entry
    }
    return base !== undefined && isBefore(base, first, range) ? base : first
  }
}

function isInside(key: Uint8Array, { from, to, reverse }: KeyRange): boolean {
  return reverse ? compareBytes(key, from) >= 0 : to === undefined || compareBytes(key, to) < 0
}

function isBefore<T>(entry: Entry<T>, other: Entry<T> | undefined, { reverse }: KeyRange): boolean {
  if (other === undefined) return true
  const order = compareBytes(entry.key, other.key)
  return reverse ? order > 0 : order < 0
}
