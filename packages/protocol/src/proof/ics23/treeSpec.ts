/** One step from a node towards the root: what stands before and behind the child's hash. */
export type InnerStep = { readonly hash: number; readonly prefix: Uint8Array; readonly suffix: Uint8Array }

/** On which side of its parent a step comes from; undefined where the step is none of this tree. */
export type Side = 'left' | 'right' | undefined

/** What tells one kind of tree from the other. Both hash their leaves alike; only the inner nodes differ. */
export type TreeSpec = {
  readonly name: string
  /** True where these are the first bytes of a leaf. */
  readonly isLeafPrefix: (prefix: Uint8Array) => boolean
  /** The side of an inner step, `layer` steps above the leaf. */
  readonly sideOf: (step: InnerStep, layer: number) => Side
}

/** The tree of a module's store: inner nodes begin with height, size and version. ICS-23 `IavlSpec` */
export const iavlTree: TreeSpec = {
  name: 'IAVL tree',
  isLeafPrefix: (prefix) => varintsEnd(prefix, 0) === prefix.length && prefix[0] === 0,
  sideOf({ prefix, suffix }, layer) {
    const end = varintsEnd(prefix, layer)
    // Height, size and version in 3 to 11 bytes, then a length; the first byte must not be a leaf's.
    if (end === undefined || end < 3 || end > 11 || prefix[0] === 0) return undefined
    if (prefix.length === end + 1 && suffix.length === 33) return 'left'
    return prefix.length === end + 34 && suffix.length === 0 ? 'right' : undefined
  },
}

/** The tree of the stores' roots: CometBFT's own. ICS-23 `TendermintSpec` */
export const simpleTree: TreeSpec = {
  name: 'simple Merkle tree',
  isLeafPrefix: (prefix) => prefix[0] === 0,
  sideOf({ prefix, suffix }) {
    if (prefix[0] !== 1) return undefined
    if (prefix.length === 1 && suffix.length === 32) return 'left'
    return prefix.length === 33 && suffix.length === 0 ? 'right' : undefined
  },
}

/** Where three zigzag varints from 0 to 2^63 − 1 end, of which the first is at least `least`; undefined where there are none. */
function varintsEnd(bytes: Uint8Array, least: number): number | undefined {
  let at = 0
  for (let n = 0; n < 3; n++) {
    let value = 0n
    let shift = 0n
    let byte = 0x80
    while (byte >= 0x80) {
      const next = bytes[at]
      if (next === undefined || shift > 63n) return undefined
      byte = next
      value |= BigInt(byte & 0x7f) << shift
      shift += 7n
      at += 1
    }
    const isNegative = value % 2n === 1n
    if (isNegative || value >> 64n !== 0n || (n === 0 && value / 2n < BigInt(least))) return undefined
  }
  return at
}
