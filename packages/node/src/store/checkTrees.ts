import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { BackEnd, StateMeta } from './backEnd.ts'
import { damaged } from './metaRecord.ts'
import { metaOf } from './roots.ts'
import { StoreError } from './storeError.ts'
import { childOf, type NodeSource, readNode, type TreeNode } from './tree/treeNode.ts'

/** Levels of every tree that are read when a state is opened. */
const LEVELS = 4
/** Versions that are looked at for one to go back to. */
const VERSIONS = 64n

// determinism-allow: four calls deep
function readTop(node: TreeNode, source: NodeSource, levels: number): void {
  const read = readNode(node, source)
  if (levels <= 1 || read.height === 0) return
  readTop(childOf(read, 'left'), source, levels - 1)
  readTop(childOf(read, 'right'), source, levels - 1)
}

/** What the upper nodes of a version's trees amount to; throws `StoreError` DAMAGED. */
function readVersion(backEnd: BackEnd, version: bigint): StateMeta {
  const trees = backEnd.trees(version)
  for (const tree of trees.values()) if (tree !== undefined) readTop(tree, backEnd.reader, LEVELS)
  return metaOf(trees, version, version)
}

function isWhole(backEnd: BackEnd, version: bigint): boolean {
  try {
    readVersion(backEnd, version)
    return true
  } catch (error) {
    if (error instanceof StoreError) return false
    throw error
  }
}

/** The newest earlier version whose trees look whole. */
function findWhole(backEnd: BackEnd): bigint | undefined {
  const { version, earliest } = backEnd.meta()
  for (let older = version - 1n; older >= earliest && older > 0n && version - older <= VERSIONS; older--) {
    if (isWhole(backEnd, older)) return older
  }
  return undefined
}

/** Recomputes the roots of the latest version from its trees' upper nodes; `StoreError` DAMAGED where they differ. */
export function checkTrees(backEnd: BackEnd, path: string): void {
  const { version, root } = backEnd.meta()
  try {
    if (!equalBytes(readVersion(backEnd, version).root, root))
      throw damaged(path, `the trees of height ${version} have not the root that was committed`)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    const found = `the trees of height ${version} are not what was written`
    throw Object.assign(damaged(path, found, findWhole(backEnd)), { cause: error })
  }
}
