import type { Commit, Trees, WriteSet } from './backEnd.ts'
import { metaOf } from './roots.ts'
import { hashTree } from './tree/hashNode.ts'
import type { NodeSource, TreeNode, TreeRoot } from './tree/treeNode.ts'
import { removeKey, setKey, type TreeChange } from './tree/updateTree.ts'

function changeTree(root: TreeRoot, writes: WriteSet, change: TreeChange): TreeRoot {
  let tree = root
  for (const { key, value } of writes.entries()) {
    tree = value === undefined ? removeKey(tree, key, change) : setKey(tree, key, value, change)
  }
  return tree
}

/** The commit that a block's writes, taken in key order, make of the latest trees. Nothing is stored, the latest trees stay. */
export function buildTrees(
  latest: Trees,
  writeSets: ReadonlyMap<string, WriteSet>,
  { version, earliest, source }: { version: bigint; earliest: bigint; source: NodeSource },
): Commit {
  const made: TreeNode[] = []
  const replaced: TreeNode[] = []
  const trees = new Map<string, TreeRoot>()
  for (const [name, root] of latest) {
    const writes = writeSets.get(name)
    const tree = writes === undefined ? root : changeTree(root, writes, { source, replaced })
    hashTree(tree, Number(version), made)
    trees.set(name, tree)
  }
  return { meta: metaOf(trees, version, earliest), writeSets, trees, made, replaced }
}
