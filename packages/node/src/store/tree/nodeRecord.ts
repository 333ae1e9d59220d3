import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { ByteReader } from './byteReader.ts'
import { CHECK_BYTES, isIntact, sealRecord } from './checkedRecord.ts'
import { hashNode, writeVarint } from './hashNode.ts'
import { childOf, createStub, type TreeNode, type TreeRoot } from './treeNode.ts'

const HASH_BYTES = 32
/** Most bytes of what a parent says of a child. */
const REFERENCE_BYTES = 8 + 5 + 1 + 8 + HASH_BYTES
const NO_BYTES = new Uint8Array(0)

let scratch = new Uint8Array(4096)

function reserve(size: number): void {
  if (scratch.length < size) scratch = new Uint8Array(2 * size)
}

function writeReference(offset: number, node: TreeNode): number {
  let end = writeVarint(scratch, offset, node.at)
  end = writeVarint(scratch, end, node.nonce)
  scratch[end++] = node.height
  end = writeVarint(scratch, end, node.size)
  scratch.set(node.hash ?? NO_BYTES, end)
  return end + HASH_BYTES
}

function readReference(reader: ByteReader): TreeNode {
  const at = reader.varint()
  const nonce = reader.varint()
  return createStub(at, nonce, reader.byte(), reader.varint(), reader.take(HASH_BYTES))
}

/** What was written to the scratch memory, behind its checksum: valid until the next record is made. */
function sealed(end: number): Uint8Array {
  return sealRecord(scratch.subarray(0, end))
}

/**
 * A stored node, valid until the next record is made: checksum, height, version, key with its length; then a leaf's value, or of each child its address,
 * height, size and hash.
 */
export function encodeNode(node: TreeNode): Uint8Array {
  reserve(CHECK_BYTES + 14 + node.key.length + Math.max(node.value.length, 2 * REFERENCE_BYTES))
  scratch[CHECK_BYTES] = node.height
  let end = writeVarint(scratch, CHECK_BYTES + 1, node.version)
  end = writeVarint(scratch, end, node.key.length)
  scratch.set(node.key, end)
  end += node.key.length
  if (node.height === 0) {
    scratch.set(node.value, end)
    end += node.value.length
  } else {
    end = writeReference(end, childOf(node, 'left'))
    end = writeReference(end, childOf(node, 'right'))
  }
  return sealed(end)
}

/** Fills in a node from its record; false where the record is not the one that belongs to the node's hash. */
export function decodeNode(record: Uint8Array, node: TreeNode): boolean {
  if (!isIntact(record)) return false
  const reader = new ByteReader(record, CHECK_BYTES)
  if (reader.byte() !== node.height) return false
  node.version = reader.varint()
  node.key = reader.prefixed()
  if (node.height === 0) node.value = reader.rest()
  else {
    node.left = readReference(reader)
    node.right = readReference(reader)
  }
  node.loaded = node.hash !== undefined && equalBytes(hashNode(node), node.hash)
  return node.loaded
}

/** The roots of all trees of one version, in the order of their names, behind a checksum; valid until the next record. */
export function encodeRoots(roots: Iterable<TreeRoot>): Uint8Array {
  const list = [...roots]
  reserve(CHECK_BYTES + list.length * (1 + REFERENCE_BYTES))
  let end = CHECK_BYTES
  for (const root of list) {
    scratch[end++] = root === undefined ? 0 : 1
    if (root !== undefined) end = writeReference(end, root)
  }
  return sealed(end)
}

/** The roots of such a record; undefined where it is not `count` intact roots. */
export function decodeRoots(record: Uint8Array, count: number): readonly TreeRoot[] | undefined {
  if (!isIntact(record)) return undefined
  const reader = new ByteReader(record, CHECK_BYTES)
  const roots: TreeRoot[] = []
  while (!reader.isAtEnd) roots.push(reader.byte() === 0 ? undefined : readReference(reader))
  return roots.length === count ? roots : undefined
}

/** Where a node is stored. */
export type NodeAddress = { readonly at: number; readonly nonce: number }

/** Addresses behind a checksum; valid until the next record is made. */
export function encodeAddresses(addresses: readonly NodeAddress[]): Uint8Array {
  reserve(CHECK_BYTES + addresses.length * 13)
  let end = CHECK_BYTES
  for (const { at, nonce } of addresses) end = writeVarint(scratch, writeVarint(scratch, end, at), nonce)
  return sealed(end)
}

/** The addresses of such a record; undefined where it is damaged. */
export function decodeAddresses(record: Uint8Array): readonly NodeAddress[] | undefined {
  if (!isIntact(record)) return undefined
  const reader = new ByteReader(record, CHECK_BYTES)
  const addresses: NodeAddress[] = []
  while (!reader.isAtEnd) addresses.push({ at: reader.varint(), nonce: reader.varint() })
  return addresses
}
