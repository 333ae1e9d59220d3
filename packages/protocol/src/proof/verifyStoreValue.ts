import { equalBytes } from '../bytes/compareBytes.ts'
import { toHex } from '../bytes/hex.ts'
import { toUtf8 } from '../bytes/utf8.ts'
import { absenceRoot } from './ics23/absenceRoot.ts'
import { type CommitmentProof, decodeProof, type Existence } from './ics23/decodeProof.ts'
import { existenceRoot } from './ics23/existenceRoot.ts'
import { iavlTree, simpleTree } from './ics23/treeSpec.ts'
import { ProofError } from './proofError.ts'
import type { ProofOp } from './proofOp.ts'

/** A claim about the state: this key of this store has this value; undefined = it has none. */
export type StoreClaim = {
  /** Application hash after the block whose state is claimed: it stands in the header of the next block. */
  readonly appHash: Uint8Array
  readonly store: string
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
  /** The answer's proof: one of the store's tree, then one of the tree of all stores. */
  readonly ops: readonly ProofOp[]
}

/** Checks a claim against its proof. Throws `ProofError`: see the codes there. */
export function verifyStoreValue({ appHash, store, key, value, ops }: StoreClaim): void {
  const [ofKey, ofStore] = ops
  if (ofKey === undefined || ofStore === undefined || ops.length !== 2) {
    throw new ProofError(
      'MALFORMED',
      `The proof has ${ops.length} steps; expected one for the key and one for the store.`,
    )
  }
  refuseOtherOp(ofKey, 'ics23:iavl', key)
  refuseOtherOp(ofStore, 'ics23:simple', toUtf8(store))
  const proof = decodeProof(ofKey.data)
  const storeRoot = value === undefined ? rootWithout(key, proof) : rootWith(key, value, proof)
  const appRoot = rootOfStores(store, storeRoot, decodeProof(ofStore.data))
  if (!equalBytes(appRoot, appHash)) {
    throw new ProofError(
      'WRONG_APP_HASH',
      `The proof leads to the application hash ${toHex(appRoot)}, but the header has ${toHex(appHash)}.`,
    )
  }
}

function refuseOtherOp(op: ProofOp, type: string, key: Uint8Array): void {
  if (op.type !== type) {
    throw new ProofError('MALFORMED', `A step of the proof is a "${op.type.slice(0, 80)}"; expected "${type}".`)
  }
  if (!equalBytes(op.key, key)) throw wrongKey(key, op.key)
}

function rootWith(key: Uint8Array, value: Uint8Array, proof: CommitmentProof): Uint8Array {
  if (proof.kind === 'absence') {
    throw new ProofError('BAD_PROOF', 'The proof is one of absence, but the answer has a value.')
  }
  refuseOtherKey(key, proof.existence)
  if (!equalBytes(proof.existence.value, value)) {
    throw new ProofError('WRONG_VALUE', 'The proof is of another value than the answer has.')
  }
  return existenceRoot(iavlTree, proof.existence)
}

function rootWithout(key: Uint8Array, proof: CommitmentProof): Uint8Array {
  if (proof.kind === 'existence') {
    refuseOtherKey(key, proof.existence)
    throw new ProofError('NOT_ABSENT', 'The answer says that the key is absent, but its proof shows a value.')
  }
  if (!equalBytes(proof.absence.key, key)) throw wrongKey(key, proof.absence.key)
  return absenceRoot(iavlTree, key, proof.absence)
}

function rootOfStores(store: string, storeRoot: Uint8Array, proof: CommitmentProof): Uint8Array {
  if (proof.kind === 'absence') throw new ProofError('BAD_PROOF', `The proof says that there is no store "${store}".`)
  refuseOtherKey(toUtf8(store), proof.existence)
  if (!equalBytes(proof.existence.value, storeRoot)) {
    throw new ProofError('BAD_PROOF', `The proof of the key does not lead to the root of the store "${store}".`)
  }
  return existenceRoot(simpleTree, proof.existence)
}

function refuseOtherKey(key: Uint8Array, existence: Existence): void {
  if (!equalBytes(existence.key, key)) throw wrongKey(key, existence.key)
}

function wrongKey(asked: Uint8Array, given: Uint8Array): ProofError {
  return new ProofError('WRONG_KEY', `The proof is of the key ${toHex(given)}, but ${toHex(asked)} was asked for.`)
}
