/** Order of participants: ascending bytes of the address, which is ASCII, so code units decide. */
export function compareAddress(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0
  return a < b ? -1 : 1
}
