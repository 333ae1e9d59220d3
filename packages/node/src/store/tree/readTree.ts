import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { KeyRange } from '../keyRange.ts'
import { childOf, type NodeSource, readNode, type TreeNode, type TreeRoot } from './treeNode.ts'

/** Nodes from the root to the leaf where the key is or would be, with content; none for an empty tree. */
export function pathTo(root: TreeRoot, key: Uint8Array, source: NodeSource): readonly TreeNode[] {
  const path: TreeNode[] = []
  let next = root
  while (next !== undefined) {
    const node = readNode(next, source)
    path.push(node)
    if (node.height === 0) break
    next = childOf(node, compareBytes(key, node.key) < 0 ? 'left' : 'right')
  }
  return path
}

/** The leaf of a key; undefined where it is absent. */
export function findLeaf(root: TreeRoot, key: Uint8Array, source: NodeSource): TreeNode | undefined {
  const leaf = pathTo(root, key, source).at(-1)
  return leaf !== undefined && compareBytes(leaf.key, key) === 0 ? leaf : undefined
}

/** Leaves whose keys lie in a range, in its direction. */
export function* walkLeaves(root: TreeRoot, range: KeyRange, source: NodeSource): Generator<TreeNode> {
  const { from, to, reverse } = range
  const waiting: TreeNode[] = root === undefined ? [] : [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = readNode(next, source)
    if (node.height === 0) {
      if (compareBytes(node.key, from) >= 0 && (to === undefined || compareBytes(node.key, to) < 0)) yield node
      continue
    }
    // Left holds keys below node.key, right those from it on.
    const left = compareBytes(from, node.key) < 0 ? [childOf(node, 'left')] : []
    const right = to === undefined || compareBytes(node.key, to) < 0 ? [childOf(node, 'right')] : []
    waiting.push(...(reverse ? [...left, ...right] : [...right, ...left]))
  }
}
