import type { Absence, CommitmentProof, Existence } from '../ics23/decodeProof.ts'
import { protoFields } from '../protoFields.ts'

/** The bytes that `decodeProof` reads. */
export function encodeProof(proof: CommitmentProof): Uint8Array {
  return proof.kind === 'existence'
    ? protoFields().message(1, encodeExistence(proof.existence)).done()
    : protoFields().message(2, encodeAbsence(proof.absence)).done()
}

function encodeAbsence({ key, left, right }: Absence): Uint8Array {
  const fields = protoFields().bytes(1, key)
  if (left !== undefined) fields.message(2, encodeExistence(left))
  if (right !== undefined) fields.message(3, encodeExistence(right))
  return fields.done()
}

function encodeExistence({ key, value, leaf, path }: Existence): Uint8Array {
  const fields = protoFields().bytes(1, key).bytes(2, value)
  if (leaf !== undefined) {
    const { hash, prehashKey, prehashValue, length, prefix } = leaf
    const numbers = protoFields().uint(1, hash).uint(2, prehashKey).uint(3, prehashValue).uint(4, length)
    fields.message(3, numbers.bytes(5, prefix).done())
  }
  for (const { hash, prefix, suffix } of path) {
    fields.message(4, protoFields().uint(1, hash).bytes(2, prefix).bytes(3, suffix).done())
  }
  return fields.done()
}
