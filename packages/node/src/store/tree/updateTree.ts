import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import { childOf, createLeaf, type NodeSource, TreeNode, type TreeRoot } from './treeNode.ts'

/** A tree that is being changed: where its stored nodes come from, and those that the changes replace. */
export type TreeChange = { readonly source: NodeSource; readonly replaced: TreeNode[] }

function load(node: TreeNode, { source }: TreeChange): void {
  if (!node.loaded) source.load(node)
}

function drop(node: TreeNode, { replaced }: TreeChange): void {
  if (node.at > 0) replaced.push(node)
}

/** The node itself where it is new, else a new one in its place. */
function own(node: TreeNode, change: TreeChange): TreeNode {
  if (node.at === 0) return node
  load(node, change)
  change.replaced.push(node)
  const copy = new TreeNode(node.height, node.size, true)
  copy.key = node.key
  copy.left = node.left
  copy.right = node.right
  return copy
}

function measure(node: TreeNode): void {
  const left = childOf(node, 'left')
  const right = childOf(node, 'right')
  node.height = Math.max(left.height, right.height) + 1
  node.size = left.size + right.size
}

function balanceOf(node: TreeNode): number {
  return childOf(node, 'left').height - childOf(node, 'right').height
}

function rotate(node: TreeNode, up: 'left' | 'right', change: TreeChange): TreeNode {
  const other = up === 'left' ? 'right' : 'left'
  const top = own(childOf(node, up), change)
  node[up] = top[other]
  top[other] = node
  measure(node)
  measure(top)
  return top
}

/** Restores the height balance of a new node, by one or two rotations, as iavl does. */
function balance(node: TreeNode, change: TreeChange): TreeNode {
  const skew = balanceOf(node)
  if (skew >= -1 && skew <= 1) return node
  const [heavy, light] = skew > 1 ? (['left', 'right'] as const) : (['right', 'left'] as const)
  const child = childOf(node, heavy)
  load(child, change)
  const inner = balanceOf(child)
  const leansInwards = skew > 1 ? inner < 0 : inner > 0
  if (leansInwards) node[heavy] = rotate(own(child, change), light, change)
  return rotate(node, heavy, change)
}

function split(leaf: TreeNode, added: TreeNode, order: number): TreeNode {
  const inner = new TreeNode(1, 2, true)
  inner.key = order < 0 ? leaf.key : added.key
  inner.left = order < 0 ? added : leaf
  inner.right = order < 0 ? leaf : added
  return inner
}

/** Sets a key; the same value again makes a new leaf too. Returns the new root. */
export function setKey(root: TreeRoot, key: Uint8Array, value: Uint8Array, change: TreeChange): TreeNode {
  return root === undefined ? createLeaf(key, value) : setBelow(root, { key, value, isPresent: false }, change)
}

/** What is set below a node; `isPresent` where a node above has said that the key is there. */
type Setting = { readonly key: Uint8Array; readonly value: Uint8Array; readonly isPresent: boolean }

// determinism-allow: as deep as a balanced tree is high, some 90 calls at the very most
function setBelow(root: TreeNode, setting: Setting, change: TreeChange): TreeNode {
  const { key, value, isPresent } = setting
  if (root.height === 0 && isPresent) {
    // The leaf's own content is not needed: it goes.
    drop(root, change)
    return createLeaf(key, value)
  }
  load(root, change)
  const order = compareBytes(key, root.key)
  if (root.height === 0) {
    if (order !== 0) return split(root, createLeaf(key, value), order)
    drop(root, change)
    return createLeaf(key, value)
  }
  const side = order < 0 ? 'left' : 'right'
  const node = own(root, change)
  const { height, size } = childOf(node, side)
  // An inner node's key is the least one on its right.
  const below = order === 0 ? { key, value, isPresent: true } : setting
  const child = setBelow(childOf(node, side), below, change)
  node[side] = child
  if (child.height === height && child.size === size) return node
  measure(node)
  return balance(node, change)
}

/** What removing gave: the subtree left over, and its new least key where that changed. */
type Removal = { readonly node: TreeRoot; readonly least: Uint8Array | undefined }

// determinism-allow: as deep as a balanced tree is high, some 90 calls at the very most
function removeBelow(root: TreeNode, key: Uint8Array, change: TreeChange): Removal | undefined {
  load(root, change)
  const order = compareBytes(key, root.key)
  if (root.height === 0) {
    if (order !== 0) return undefined
    drop(root, change)
    return { node: undefined, least: undefined }
  }
  const side = order < 0 ? 'left' : 'right'
  const removal = removeBelow(childOf(root, side), key, change)
  if (removal === undefined) return undefined
  if (removal.node === undefined) {
    drop(root, change)
    return side === 'left' ? { node: root.right, least: root.key } : { node: root.left, least: undefined }
  }
  const node = own(root, change)
  node[side] = removal.node
  if (side === 'right' && removal.least !== undefined) node.key = removal.least
  measure(node)
  return { node: balance(node, change), least: side === 'left' ? removal.least : undefined }
}

/** Removes a key; the tree itself where the key is absent. */
export function removeKey(root: TreeRoot, key: Uint8Array, change: TreeChange): TreeRoot {
  if (root === undefined) return undefined
  const removal = removeBelow(root, key, change)
  return removal === undefined ? root : removal.node
}
