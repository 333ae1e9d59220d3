import { hashBytes } from './hashBytes.ts'
import { childOf, type TreeNode, type TreeRoot } from './treeNode.ts'

/** Hash of an empty tree: SHA-256 of nothing. */
export const EMPTY_HASH: Uint8Array = hashBytes(new Uint8Array(0))

const scratch = new Uint8Array(2048)

/** Writes an unsigned varint; returns the offset after it. Up to 2^53 − 1. */
export function writeVarint(target: Uint8Array, offset: number, value: number): number {
  let rest = value
  let end = offset
  while (rest > 127) {
    target[end++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  target[end++] = rest
  return end
}

/** Writes a whole number ≥ 0 as a signed (zigzag) varint, as iavl hashes it. */
function writeSigned(target: Uint8Array, offset: number, value: number): number {
  return writeVarint(target, offset, value * 2)
}

function writeBytes(target: Uint8Array, offset: number, bytes: Uint8Array): number {
  const start = writeVarint(target, offset, bytes.length)
  target.set(bytes, start)
  return start + bytes.length
}

/** Writes height, size and version: what a node's hash starts with. */
export function writeNodeHead(target: Uint8Array, node: TreeNode): number {
  let end = writeSigned(target, 0, node.height)
  end = writeSigned(target, end, node.size)
  return writeSigned(target, end, node.version)
}

/** The hash of a node whose content and, for an inner node, whose children's hashes are there, as iavl computes it. */
export function hashNode(node: TreeNode): Uint8Array {
  let end = writeNodeHead(scratch, node)
  if (node.height === 0) {
    end = writeBytes(scratch, end, node.key)
    end = writeBytes(scratch, end, hashBytes(node.value))
  } else {
    end = writeBytes(scratch, end, childOf(node, 'left').hash ?? EMPTY_HASH)
    end = writeBytes(scratch, end, childOf(node, 'right').hash ?? EMPTY_HASH)
  }
  return hashBytes(scratch.subarray(0, end))
}

/** Gives every node that has no hash yet its version and hash, children first, and lists them in that order. */
// determinism-allow: as deep as a balanced tree is high, some 90 calls at the very most
export function hashTree(root: TreeRoot, version: number, made: TreeNode[]): void {
  if (root === undefined || root.hash !== undefined) return
  hashTree(root.left, version, made)
  hashTree(root.right, version, made)
  root.version = version
  root.hash = hashNode(root)
  made.push(root)
}
