import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { ScanOptions } from './store.ts'

/** Keys from `from` (inclusive) to `to` (exclusive; none = to the end). */
export type KeyRange = { readonly from: Uint8Array; readonly to: Uint8Array | undefined; readonly reverse: boolean }

/** The next possible key in byte order. */
export function successor(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1)
  next.set(key)
  return next
}

/** The first key after all those that start with `prefix`; none where there is no such key. */
export function prefixEnd(prefix: Uint8Array): Uint8Array | undefined {
  for (let i = prefix.length - 1; i >= 0; i--) {
    const byte = prefix[i] ?? 0
    if (byte === 0xff) continue
    const end = prefix.slice(0, i + 1)
    end[i] = byte + 1
    return end
  }
  return undefined
}

/** The range that a scan covers. */
export function keyRange(prefix: Uint8Array, { start, reverse = false }: ScanOptions): KeyRange {
  const from = prefix.slice()
  const to = prefixEnd(prefix)
  if (start === undefined) return { from, to, reverse }
  if (!reverse) return { from: compareBytes(start, from) > 0 ? start.slice() : from, to, reverse }
  const last = successor(start)
  return { from, to: to === undefined || compareBytes(last, to) < 0 ? last : to, reverse }
}
