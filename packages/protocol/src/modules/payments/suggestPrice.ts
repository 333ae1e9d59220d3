/** Requests that a suggested price looks back on. SPEC PW-1 */
export const PRICED_REQUESTS = 100

/** Lower median of the last paid requests in uallo; 0 without any. SPEC PW-1 */
export function suggestPrice(recent: readonly bigint[]): bigint {
  const ascending = recent.slice(-PRICED_REQUESTS).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return ascending[Math.floor((ascending.length - 1) / 2)] ?? 0n
}
