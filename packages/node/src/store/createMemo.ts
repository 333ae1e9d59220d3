import { equalBytes } from '@starling/protocol/bytes/compareBytes'

/**
 * Decodes bytes that are read again and again: while the bytes under a name stay the same, so does the value, which
 * nobody may change. A pure function of its arguments: what it remembers changes nothing but the speed.
 */
export function createMemo<T>(decode: (bytes: Uint8Array) => T, most: number): (name: string, bytes: Uint8Array) => T {
  const known = new Map<string, { readonly bytes: Uint8Array; readonly value: T }>()
  return (name, bytes) => {
    const found = known.get(name)
    if (found !== undefined && equalBytes(found.bytes, bytes)) return found.value
    const value = decode(bytes)
    if (known.size >= most) known.clear()
    known.set(name, { bytes, value })
    return value
  }
}
