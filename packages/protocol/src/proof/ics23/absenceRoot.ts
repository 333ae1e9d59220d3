import { compareBytes, equalBytes } from '../../bytes/compareBytes.ts'
import { sha256 } from '../../crypto/sha256.ts'
import { ProofError } from '../proofError.ts'
import type { Absence } from './decodeProof.ts'
import { badProof, existenceRoot } from './existenceRoot.ts'
import type { InnerStep, Side, TreeSpec } from './treeSpec.ts'

/**
 * The root that a proof of absence leads to: two neighbours with the key between them, or the first or last entry of the
 * tree with the key outside. Without neighbours the tree is empty, and its root the hash of nothing, which no other tree
 * has; ICS-23 has no such proof. Throws `ProofError` BAD_PROOF, or NOT_ABSENT where the neighbours are none.
 */
export function absenceRoot(tree: TreeSpec, key: Uint8Array, { left, right }: Absence): Uint8Array {
  if (left !== undefined && compareBytes(left.key, key) !== -1)
    throw notAbsent('the left neighbour is not before the key')
  if (right !== undefined && compareBytes(key, right.key) !== -1)
    throw notAbsent('the right neighbour is not behind it')
  const roots = [left, right].flatMap((side) => (side === undefined ? [] : [existenceRoot(tree, side)]))
  const [root, other] = roots
  if (root === undefined) return sha256(new Uint8Array())
  if (other !== undefined && !equalBytes(root, other)) throw badProof(tree, 'its neighbours have different roots')
  if (left === undefined && !isAllOn(tree, 'left', right?.path ?? []))
    throw notAbsent('there are entries before the first')
  if (right === undefined && !isAllOn(tree, 'right', left?.path ?? []))
    throw notAbsent('there are entries behind the last')
  if (left !== undefined && right !== undefined && !areNeighbours(tree, left.path, right.path)) {
    throw notAbsent('there are entries between the neighbours')
  }
  return root
}

/** True where two paths part once, to the left and to the right, and then keep to the gap between them. */
function areNeighbours(tree: TreeSpec, left: readonly InnerStep[], right: readonly InnerStep[]): boolean {
  let shared = 0
  while (isSameStep(left.at(-1 - shared), right.at(-1 - shared))) shared += 1
  const leftFork = left.length - 1 - shared
  const rightFork = right.length - 1 - shared
  return (
    isOn(tree, 'left', left[leftFork], leftFork) &&
    isOn(tree, 'right', right[rightFork], rightFork) &&
    isAllOn(tree, 'right', left.slice(0, leftFork)) &&
    isAllOn(tree, 'left', right.slice(0, rightFork))
  )
}

function isSameStep(a: InnerStep | undefined, b: InnerStep | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return equalBytes(a.prefix, b.prefix) && equalBytes(a.suffix, b.suffix)
}

function isAllOn(tree: TreeSpec, side: Side, path: readonly InnerStep[]): boolean {
  return path.every((step, index) => isOn(tree, side, step, index))
}

function isOn(tree: TreeSpec, side: Side, step: InnerStep | undefined, index: number): boolean {
  return step !== undefined && tree.sideOf(step, index + 1) === side
}

function notAbsent(reason: string): ProofError {
  return new ProofError('NOT_ABSENT', `The proof does not show that the key is absent: ${reason}.`)
}
