/** A time in milliseconds since 1970 as RFC 3339 text, in UTC. */
export function isoTime(timeMs: bigint): string {
  return new Date(Number(timeMs)).toISOString()
}
