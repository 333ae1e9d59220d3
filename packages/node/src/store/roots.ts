import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { StateMeta, Trees } from './backEnd.ts'
import { EMPTY_HASH } from './tree/hashNode.ts'
import { hashStores } from './tree/simpleMap.ts'

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
  const trees: Trees = new Map(sortNames(names).map((name) => [name, undefined]))
  return metaOf(trees, 0n, 0n)
}

/**
 * What a version's trees amount to.
 *
 * store root = hash of the store's IAVL+ tree; root = merkle root of the map from name to store root.
 */
export function metaOf(trees: Trees, version: bigint, earliest: bigint): StateMeta {
  const storeRoots = rootsOf(trees)
  return { version, root: new Uint8Array(hashStores(storeRoots)), storeRoots, earliest }
}

/** Each tree's root hash. */
export function rootsOf(trees: Trees): ReadonlyMap<string, Uint8Array> {
  return new Map([...trees].map(([name, tree]) => [name, tree?.hash ?? EMPTY_HASH]))
}
