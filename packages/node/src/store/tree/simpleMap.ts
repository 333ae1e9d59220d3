import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { hashBytes } from './hashBytes.ts'
import { EMPTY_HASH, writeVarint } from './hashNode.ts'
import { encodeExistenceProof, type InnerStep } from './ics23.ts'

const LEAF = Uint8Array.of(0)
const INNER = Uint8Array.of(1)

function prefixed(bytes: Uint8Array): Uint8Array {
  const head = new Uint8Array(8)
  return concatBytes(head.subarray(0, writeVarint(head, 0, bytes.length)), bytes)
}

function leafHash(name: string, root: Uint8Array): Uint8Array {
  return hashBytes(concatBytes(LEAF, prefixed(Buffer.from(name, 'utf8')), prefixed(hashBytes(root))))
}

function innerHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashBytes(concatBytes(INNER, left, right))
}

/** Largest power of two below a count of at least two. */
function splitPoint(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

/** RFC 6962 tree hash over hashes of leaves. */
// determinism-allow: six calls deep with 64 stores
function hashRange(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes
  if (first === undefined) return EMPTY_HASH
  if (hashes.length === 1) return first
  const split = splitPoint(hashes.length)
  return innerHash(hashRange(hashes.slice(0, split)), hashRange(hashes.slice(split)))
}

/** Steps from a leaf up to the root. */
// determinism-allow: six calls deep with 64 stores
function stepsTo(hashes: readonly Uint8Array[], index: number): readonly InnerStep[] {
  if (hashes.length < 2) return []
  const split = splitPoint(hashes.length)
  const left = hashes.slice(0, split)
  const right = hashes.slice(split)
  if (index < split) return [...stepsTo(left, index), { prefix: INNER, suffix: hashRange(right) }]
  const prefix = concatBytes(INNER, hashRange(left))
  return [...stepsTo(right, index - split), { prefix, suffix: new Uint8Array(0) }]
}

/** The root over all stores: merkle root of the map from name to store root, in order of the names, as Cosmos' multi store. */
export function hashStores(storeRoots: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return hashRange([...storeRoots].map(([name, root]) => leafHash(name, root)))
}

/** ICS-23 proof (`tendermintSpec`) that a store has its root under the root over all stores. */
export function proveStore(storeRoots: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const entries = [...storeRoots]
  const index = entries.findIndex(([other]) => other === name)
  const value = storeRoots.get(name)
  if (value === undefined) throw new RangeError(`there is no store '${name}'`)
  const path = stepsTo(
    entries.map(([other, root]) => leafHash(other, root)),
    index,
  )
  return encodeExistenceProof({ key: Buffer.from(name, 'utf8'), value, leafPrefix: LEAF, path })
}
