/**
 * A node of an IAVL+ tree. A stored node never changes, but its content may be away (`loaded` false): then only what its
 * parent says of it is known, its address, height, size and hash. A node that is not stored yet has no address and, until
 * the tree is hashed, no hash.
 */
export class TreeNode {
  /** Commit that wrote the record; 0 where it is not stored yet. */
  at = 0
  /** Place among the nodes of that commit, from 1. */
  nonce = 0
  height: number
  size: number
  hash: Uint8Array | undefined
  loaded: boolean
  /** Commit in which the node was made; it is part of the hash. 0 until the tree is hashed. */
  version = 0
  /** A leaf's key, or the least key of the right subtree. */
  key: Uint8Array = NONE
  /** A leaf's value. */
  value: Uint8Array = NONE
  left: TreeNode | undefined
  right: TreeNode | undefined

  constructor(height: number, size: number, loaded: boolean) {
    this.height = height
    this.size = size
    this.loaded = loaded
  }
}

const NONE = new Uint8Array(0)

/** Brings content of stored nodes. */
export interface NodeSource {
  /** Fills in a node's content, or throws `StoreError` DAMAGED where the content does not have the node's hash. */
  load(node: TreeNode): void
}

/** A tree's root; undefined for an empty tree. */
export type TreeRoot = TreeNode | undefined

/** A new leaf. */
export function createLeaf(key: Uint8Array, value: Uint8Array): TreeNode {
  const leaf = new TreeNode(0, 1, true)
  leaf.key = key
  leaf.value = value
  return leaf
}

/** What a parent says of a stored node. */
export function createStub(at: number, nonce: number, height: number, size: number, hash: Uint8Array): TreeNode {
  const stub = new TreeNode(height, size, false)
  stub.at = at
  stub.nonce = nonce
  stub.hash = hash
  return stub
}

/** Content of a node in a copy that no cache keeps, for reading. */
export function readNode(node: TreeNode, source: NodeSource): TreeNode {
  if (node.loaded) return node
  const { at, nonce, height, size, hash } = node
  const copy = createStub(at, nonce, height, size, hash ?? NONE)
  source.load(copy)
  return copy
}

/** A child that must be there: inner nodes have two. */
export function childOf(node: TreeNode, side: 'left' | 'right'): TreeNode {
  const child = node[side]
  if (child === undefined) throw new Error(`a node of height ${node.height} has no ${side} child`)
  return child
}
