import { createHash } from 'node:crypto'
import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { StateMeta, WriteSet } from './backEnd.ts'

const EMPTY_ROOT = new Uint8Array(32)

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** Hash of one block's writes to one store, each field length-prefixed, a deletion told from an empty value. */
function hashWrites(writes: WriteSet): Uint8Array {
  const hash = createHash('sha256')
  for (const { key, value } of writes.entries()) {
    hash.update(u32(key.length)).update(key)
    if (value === undefined) hash.update(Uint8Array.of(0))
    else hash.update(Uint8Array.of(1)).update(u32(value.length)).update(value)
  }
  return new Uint8Array(hash.digest())
}

function hashRoots(storeRoots: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const hash = createHash('sha256')
  for (const [name, root] of storeRoots) {
    const bytes = Buffer.from(name, 'utf8')
    hash.update(u32(bytes.length)).update(bytes).update(root)
  }
  return new Uint8Array(hash.digest())
}

/** Names in byte order; a RangeError for a repeated, empty or overlong one. */
export function sortNames(names: readonly string[]): readonly string[] {
  const sorted = [...names].sort((a, b) => compareBytes(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')))
  sorted.forEach((name, i) => {
    const length = Buffer.byteLength(name, 'utf8')
    if (length < 1 || length > 64) throw new RangeError(`a store name has 1 to 64 bytes, got '${name}'`)
    if (sorted[i - 1] === name) throw new RangeError(`store '${name}' is named twice`)
  })
  return sorted
}

/** The state before the first commit. */
export function emptyMeta(names: readonly string[]): StateMeta {
  const storeRoots = new Map(sortNames(names).map((name) => [name, EMPTY_ROOT]))
  return { version: 0n, root: hashRoots(storeRoots), storeRoots }
}

/**
 * The state after a block's writes.
 *
 * store rootₙ = sha256(store rootₙ₋₁ ‖ version ‖ sha256(writes in key order)), unchanged where nothing was written;
 * root = sha256(each store's name and root, in name order).
 *
 * It commits to the history of write sets, not to the state alone: two histories that end in the same entries have
 * different roots. The authenticated tree's root replaces it behind the same interface.
 */
export function nextMeta(previous: StateMeta, version: bigint, writeSets: ReadonlyMap<string, WriteSet>): StateMeta {
  const storeRoots = new Map<string, Uint8Array>()
  for (const [name, root] of previous.storeRoots) {
    const writes = writeSets.get(name)
    if (writes === undefined || writes.size === 0) {
      storeRoots.set(name, root)
      continue
    }
    const hash = createHash('sha256').update(root).update(u64(version)).update(hashWrites(writes))
    storeRoots.set(name, new Uint8Array(hash.digest()))
  }
  return { version, root: hashRoots(storeRoots), storeRoots }
}
