import { concatBytes } from '../bytes/concatBytes.ts'
import { sha256 } from '../crypto/sha256.ts'

const LEAF = Uint8Array.of(0)
const INNER = Uint8Array.of(1)

/** Merkle root of a list by RFC 6962: SHA-256, leaves behind a 0, inner nodes behind a 1; of none, the hash of nothing. */
export function merkleRoot(items: readonly Uint8Array[]): Uint8Array {
  let level = items.map((item) => sha256(concatBytes(LEAF, item)))
  // The last node of an odd level goes up unchanged: the same tree as halving the list at powers of two.
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2) {
      const pair = level.slice(i, i + 2)
      above.push(pair.length === 1 ? concatBytes(...pair) : sha256(concatBytes(INNER, ...pair)))
    }
    level = above
  }
  return level[0] ?? sha256(new Uint8Array())
}
