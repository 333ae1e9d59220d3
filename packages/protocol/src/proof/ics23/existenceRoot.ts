import { concatBytes } from '../../bytes/concatBytes.ts'
import { sha256 } from '../../crypto/sha256.ts'
import { ProofError } from '../proofError.ts'
import { protoFields } from '../protoFields.ts'
import type { Existence, LeafStep } from './decodeProof.ts'
import type { TreeSpec } from './treeSpec.ts'

const SHA256 = 1

/** The root that a proof of existence leads to. Throws `ProofError` BAD_PROOF where it breaks a rule of its tree. */
export function existenceRoot(tree: TreeSpec, { key, value, leaf, path }: Existence): Uint8Array {
  if (leaf === undefined || !isLegalLeaf(tree, leaf))
    throw badProof(tree, 'its leaf is not hashed as a leaf of this tree')
  if (key.length === 0 || value.length === 0) throw badProof(tree, 'it has no key or no value')
  let hash = sha256(concatBytes(leaf.prefix, behindLength(key), behindLength(sha256(value))))
  for (const [index, step] of path.entries()) {
    if (step.hash !== SHA256 || tree.sideOf(step, index + 1) === undefined) {
      throw badProof(tree, `step ${index + 1} is no inner node of this tree`)
    }
    hash = sha256(concatBytes(step.prefix, hash, step.suffix))
  }
  return hash
}

function isLegalLeaf(tree: TreeSpec, { hash, prehashKey, prehashValue, length, prefix }: LeafStep): boolean {
  // SHA-256 over prefix, length and key, length and SHA-256 of the value.
  return hash === SHA256 && prehashKey === 0 && prehashValue === SHA256 && length === 1 && tree.isLeafPrefix(prefix)
}

/** Bytes behind their length, which is what a protobuf field has behind its tag. */
function behindLength(bytes: Uint8Array): Uint8Array {
  return protoFields().message(1, bytes).done().subarray(1)
}

/** Refuses a proof with the rule that it breaks. */
export function badProof(tree: TreeSpec, reason: string): ProofError {
  return new ProofError('BAD_PROOF', `The proof does not follow the rules of the ${tree.name}: ${reason}.`)
}
