/** −1, 0 or 1 by ascending byte order; a prefix comes before what it starts. */
export function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const left = a[i] ?? 0
    const right = b[i] ?? 0
    if (left !== right) return left < right ? -1 : 1
  }
  if (a.length === b.length) return 0
  return a.length < b.length ? -1 : 1
}

/** From this length on four bytes at a time are faster. */
const LONG = 256

/** True where both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let at = 0
  if (a.length >= LONG) {
    const left = new DataView(a.buffer, a.byteOffset, a.length)
    const right = new DataView(b.buffer, b.byteOffset, b.length)
    for (; at + 4 <= a.length; at += 4) if (left.getInt32(at) !== right.getInt32(at)) return false
  }
  for (; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
