import { BinaryReader, type WireType } from '@bufbuild/protobuf/wire'
import { ProofError } from '../proofError.ts'
import type { InnerStep } from './treeSpec.ts'

/** How a leaf is hashed: numbers of ICS-23's hash and length operations. */
export type LeafStep = {
  readonly hash: number
  readonly prehashKey: number
  readonly prehashValue: number
  readonly length: number
  readonly prefix: Uint8Array
}

/** A proof that a key has a value: a leaf, and the steps from it to the root. */
export type Existence = {
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly leaf: LeafStep | undefined
  readonly path: readonly InnerStep[]
}

/** A proof that a key has none: its neighbours. */
export type Absence = {
  readonly key: Uint8Array
  readonly left: Existence | undefined
  readonly right: Existence | undefined
}

/** A decoded `CommitmentProof`: of one key. */
export type CommitmentProof =
  | { readonly kind: 'existence'; readonly existence: Existence }
  | { readonly kind: 'absence'; readonly absence: Absence }

/** No tree of ours is higher, as IAVL's height is a signed byte. */
const MAX_STEPS = 128

/**
 * Decodes ICS-23's `CommitmentProof`. Throws `ProofError` MALFORMED where the bytes are none, and where they hold a
 * batch or compressed proof: a Cosmos node answers a query for one key with neither.
 */
export function decodeProof(bytes: Uint8Array): CommitmentProof {
  let proof: CommitmentProof | undefined
  readFields(bytes, (field, value) => {
    if (field === 1) proof = { kind: 'existence', existence: decodeExistence(value.bytes()) }
    else if (field === 2) proof = { kind: 'absence', absence: decodeAbsence(value.bytes()) }
    else if (field === 3 || field === 4) throw malformed('it is a batch of proofs; ask for one key at a time')
    else value.skip()
  })
  if (proof === undefined) throw malformed('it is empty')
  return proof
}

function decodeExistence(bytes: Uint8Array): Existence {
  let key = new Uint8Array()
  let value = new Uint8Array()
  let leaf: LeafStep | undefined
  const path: InnerStep[] = []
  readFields(bytes, (field, content) => {
    if (field === 1) key = content.bytes()
    else if (field === 2) value = content.bytes()
    else if (field === 3) leaf = decodeLeaf(content.bytes())
    else if (field === 4) path.push(decodeInner(content.bytes()))
    else content.skip()
  })
  if (path.length > MAX_STEPS) throw malformed(`it has ${path.length} steps, at most ${MAX_STEPS} are possible`)
  return { key, value, leaf, path }
}

function decodeAbsence(bytes: Uint8Array): Absence {
  let key = new Uint8Array()
  let left: Existence | undefined
  let right: Existence | undefined
  readFields(bytes, (field, content) => {
    if (field === 1) key = content.bytes()
    else if (field === 2) left = decodeExistence(content.bytes())
    else if (field === 3) right = decodeExistence(content.bytes())
    else content.skip()
  })
  return { key, left, right }
}

function decodeLeaf(bytes: Uint8Array): LeafStep {
  const numbers = [0, 0, 0, 0]
  let prefix = new Uint8Array()
  readFields(bytes, (field, content) => {
    if (field >= 1 && field <= 4) numbers[field - 1] = content.number()
    else if (field === 5) prefix = content.bytes()
    else content.skip()
  })
  const [hash = 0, prehashKey = 0, prehashValue = 0, length = 0] = numbers
  return { hash, prehashKey, prehashValue, length, prefix }
}

function decodeInner(bytes: Uint8Array): InnerStep {
  let hash = 0
  let prefix = new Uint8Array()
  let suffix = new Uint8Array()
  readFields(bytes, (field, content) => {
    if (field === 1) hash = content.number()
    else if (field === 2) prefix = content.bytes()
    else if (field === 3) suffix = content.bytes()
    else content.skip()
  })
  return { hash, prefix, suffix }
}

type Content = {
  readonly bytes: () => Uint8Array<ArrayBuffer>
  readonly number: () => number
  readonly skip: () => void
}

/** Calls for each field of a message; the visitor reads its content, which must be of the type it asks for. */
function readFields(bytes: Uint8Array, visit: (field: number, content: Content) => void): void {
  const reader = new BinaryReader(bytes)
  const expectType = (type: WireType, expected: number): void => {
    if (type !== expected) throw malformed('a field has another type than ICS-23 gives it')
  }
  try {
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag()
      visit(field, {
        bytes() {
          expectType(type, 2)
          return Uint8Array.from(reader.bytes())
        },
        number() {
          expectType(type, 0)
          return reader.int32()
        },
        skip: () => void reader.skip(type, field),
      })
    }
  } catch (error) {
    if (error instanceof ProofError) throw error
    throw malformed('its bytes are no protobuf')
  }
}

function malformed(reason: string): ProofError {
  return new ProofError('MALFORMED', `The proof is no ICS-23 proof: ${reason}.`)
}
