/*
 * One table holds everything. Its keys start with
 *   0x00       meta record
 *   0x01…0x40  length of a store's name, then the name and the entry's key: the latest entries
 *   0xf0       roots of a version
 *   0xf1       nodes that a version replaced, in parts
 *   0xff       nodes, by the commit that wrote them: each commit's come after all others
 */

/** Key of the meta record; sorts before every entry. */
export const META_KEY: Uint8Array = Uint8Array.of(0)

const ROOTS = 0xf0
const REPLACED = 0xf1
const NODE = 0xff

/** What the keys of a store's entries start with. */
export function entryPrefix(name: string): Uint8Array {
  const bytes = Buffer.from(name, 'utf8')
  return new Uint8Array(Buffer.concat([Uint8Array.of(bytes.length), bytes]))
}

function writeNumber(key: Uint8Array, offset: number, value: number, bytes: number): void {
  let rest = value
  for (let i = offset + bytes - 1; i >= offset; i--) {
    key[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
}

function numberedKey(kind: number, version: number, place: number): Uint8Array {
  const key = new Uint8Array(13)
  key[0] = kind
  writeNumber(key, 1, version, 8)
  writeNumber(key, 9, place, 4)
  return key
}

/** Key of a version's roots. */
export function rootsKey(version: number): Uint8Array {
  return numberedKey(ROOTS, version, 0)
}

/** Key of one part of the nodes that a version replaced. */
export function replacedKey(version: number, part: number): Uint8Array {
  return numberedKey(REPLACED, version, part)
}

/** Key of a node. */
export function nodeKey(at: number, nonce: number): Uint8Array {
  return numberedKey(NODE, at, nonce)
}
