import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { successor } from '../keyRange.ts'
import { EMPTY_HASH, writeNodeHead } from './hashNode.ts'
import { type Existence, encodeExistenceProof, encodeNonExistenceProof, type InnerStep } from './ics23.ts'
import { pathTo, walkLeaves } from './readTree.ts'
import { childOf, type NodeSource, type TreeNode, type TreeRoot } from './treeNode.ts'

const HASH_LENGTH = Uint8Array.of(32)

function headOf(node: TreeNode): Uint8Array {
  const head = new Uint8Array(32)
  return head.subarray(0, writeNodeHead(head, node))
}

/** A step of `iavlSpec`: node head and the sibling's hash around the child's, each hash behind its length. */
function stepOf(node: TreeNode, isLeft: boolean): InnerStep {
  const sibling = childOf(node, isLeft ? 'right' : 'left').hash ?? EMPTY_HASH
  const head = headOf(node)
  if (isLeft) return { prefix: concatBytes(head, HASH_LENGTH), suffix: concatBytes(HASH_LENGTH, sibling) }
  return { prefix: concatBytes(head, HASH_LENGTH, sibling, HASH_LENGTH), suffix: new Uint8Array(0) }
}

function existenceOf(path: readonly TreeNode[]): Existence | undefined {
  const leaf = path.at(-1)
  if (leaf === undefined) return undefined
  const steps = path.slice(0, -1).map((node) => stepOf(node, compareBytes(leaf.key, node.key) < 0))
  return { key: leaf.key, value: leaf.value, leafPrefix: headOf(leaf), path: steps.reverse() }
}

function neighbour(root: TreeRoot, key: Uint8Array, isLeft: boolean, source: NodeSource): Existence | undefined {
  const range = isLeft
    ? { from: new Uint8Array(0), to: key, reverse: true }
    : { from: successor(key), to: undefined, reverse: false }
  for (const leaf of walkLeaves(root, range, source)) return existenceOf(pathTo(root, leaf.key, source))
  return undefined
}

/** A key's value and its ICS-23 proof under the tree's root: of existence, or that it is absent. */
export function proveKey(
  root: TreeRoot,
  key: Uint8Array,
  source: NodeSource,
): { readonly value: Uint8Array | undefined; readonly proof: Uint8Array } {
  const found = existenceOf(pathTo(root, key, source))
  if (found !== undefined && compareBytes(found.key, key) === 0) {
    return { value: new Uint8Array(found.value), proof: encodeExistenceProof(found) }
  }
  const left = neighbour(root, key, true, source)
  const right = neighbour(root, key, false, source)
  return { value: undefined, proof: encodeNonExistenceProof({ key, left, right }) }
}
