import { damaged } from './damaged.ts'

/** A stored count as a number. Throws STATE_DAMAGED where a double does not hold it exactly. */
export function readCount(count: bigint, field: string): number {
  const value = Number(count)
  if (!Number.isSafeInteger(value)) throw damaged(`${field} is too large`)
  return value
}
