import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { writeVarint } from './hashNode.ts'

/** One step up from a child's hash: hash of prefix, child, suffix. */
export type InnerStep = { readonly prefix: Uint8Array; readonly suffix: Uint8Array }

/** That a key has a value: the leaf's prefix and the steps from leaf to root. */
export type Existence = {
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly leafPrefix: Uint8Array
  readonly path: readonly InnerStep[]
}

/** That a key is absent: its neighbours, which are next to each other or at the edge. */
export type NonExistence = {
  readonly key: Uint8Array
  readonly left: Existence | undefined
  readonly right: Existence | undefined
}

const NO_BYTES = new Uint8Array(0)
/** HashOp SHA256 and LengthOp VAR_PROTO of the ICS-23 schema. */
const SHA256 = 1
const VAR_PROTO = 1

function number(field: number, value: number): Uint8Array {
  return Uint8Array.of(field << 3, value)
}

/** A field of bytes, there even where they are empty: what a message field is. */
function message(field: number, bytes: Uint8Array): Uint8Array {
  const head = new Uint8Array(10)
  head[0] = (field << 3) | 2
  return concatBytes(head.subarray(0, writeVarint(head, 1, bytes.length)), bytes)
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return value.length === 0 ? NO_BYTES : message(field, value)
}

function encodeExistence({ key, value, leafPrefix, path }: Existence): Uint8Array {
  const leaf = concatBytes(number(1, SHA256), number(3, SHA256), number(4, VAR_PROTO), bytes(5, leafPrefix))
  const steps = path.map(({ prefix, suffix }) =>
    message(4, concatBytes(number(1, SHA256), bytes(2, prefix), bytes(3, suffix))),
  )
  return concatBytes(bytes(1, key), bytes(2, value), message(3, leaf), ...steps)
}

/** `cosmos.ics23.v1.CommitmentProof` of a present key. */
export function encodeExistenceProof(proof: Existence): Uint8Array {
  return message(1, encodeExistence(proof))
}

/** `cosmos.ics23.v1.CommitmentProof` of an absent key. */
export function encodeNonExistenceProof({ key, left, right }: NonExistence): Uint8Array {
  const side = (field: number, proof: Existence | undefined): Uint8Array =>
    proof === undefined ? NO_BYTES : message(field, encodeExistence(proof))
  return message(2, concatBytes(bytes(1, key), side(2, left), side(3, right)))
}
