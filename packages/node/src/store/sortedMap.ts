import { compareBytes } from '@starling/protocol/bytes/compareBytes'

const CHUNK = 256

/** One key with its value. */
export type Entry<T> = { readonly key: Uint8Array; readonly value: T }

type Chunk<T> = Entry<T>[]

/** First index in `[0, length)` for which `reached` holds, else `length`. */
function lowerBound(length: number, reached: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reached(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** A map in byte order of its keys: sorted chunks, so that an insertion moves few entries. Keeps the arrays it is given. */
export class SortedMap<T> {
  private readonly chunks: Chunk<T>[] = []
  private count = 0
  private changed = 0

  get size(): number {
    return this.count
  }

  /** Grows with every change. */
  get changes(): number {
    return this.changed
  }

  get(key: Uint8Array): Entry<T> | undefined {
    const entry = this.ceiling(key)
    return entry !== undefined && compareBytes(entry.key, key) === 0 ? entry : undefined
  }

  set(key: Uint8Array, value: T): void {
    this.changed++
    // Past the last chunk's end the key joins the last chunk.
    const at = Math.min(this.chunkOf(key), Math.max(this.chunks.length - 1, 0))
    const chunk = this.chunks[at]
    if (chunk === undefined) {
      this.chunks.push([{ key, value }])
      this.count++
      return
    }
    const index = SortedMap.indexIn(chunk, key)
    const found = chunk[index]
    if (found !== undefined && compareBytes(found.key, key) === 0) {
      chunk[index] = { key: found.key, value }
      return
    }
    chunk.splice(index, 0, { key, value })
    this.count++
    if (chunk.length > 2 * CHUNK) this.chunks.splice(at + 1, 0, chunk.splice(CHUNK))
  }

  delete(key: Uint8Array): void {
    this.changed++
    const at = this.chunkOf(key)
    const chunk = this.chunks[at]
    if (chunk === undefined) return
    const index = SortedMap.indexIn(chunk, key)
    const found = chunk[index]
    if (found === undefined || compareBytes(found.key, key) !== 0) return
    chunk.splice(index, 1)
    this.count--
    if (chunk.length === 0) this.chunks.splice(at, 1)
  }

  clear(): void {
    this.changed++
    this.chunks.length = 0
    this.count = 0
  }

  /** First entry at or after `key`. */
  ceiling(key: Uint8Array): Entry<T> | undefined {
    const chunk = this.chunks[this.chunkOf(key)]
    return chunk?.[SortedMap.indexIn(chunk, key)]
  }

  /** Last entry before `key`, or the very last where there is no key. */
  below(key: Uint8Array | undefined): Entry<T> | undefined {
    if (key === undefined) return this.chunks.at(-1)?.at(-1)
    const at = this.chunkOf(key)
    const chunk = this.chunks[at]
    const index = chunk === undefined ? 0 : SortedMap.indexIn(chunk, key)
    if (index > 0) return chunk?.[index - 1]
    return at === 0 ? undefined : this.chunks[at - 1]?.at(-1)
  }

  *entries(): Generator<Entry<T>> {
    for (const chunk of this.chunks) yield* chunk
  }

  /** Index of the first chunk whose last key is at or after `key`. */
  private chunkOf(key: Uint8Array): number {
    return lowerBound(this.chunks.length, (i) => {
      const last = this.chunks[i]?.at(-1)
      return last !== undefined && compareBytes(last.key, key) >= 0
    })
  }

  private static indexIn<V>(chunk: Chunk<V>, key: Uint8Array): number {
    return lowerBound(chunk.length, (i) => {
      const entry = chunk[i]
      return entry !== undefined && compareBytes(entry.key, key) >= 0
    })
  }
}
