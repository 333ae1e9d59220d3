import { damaged } from './damaged.ts'

/** The number as it is stored: −0 as 0. Throws STATE_DAMAGED where it is not finite, be it about to be written or just read. */
export function storedNumber(value: number, field: string): number {
  if (!Number.isFinite(value)) throw damaged(`${field} is not finite`)
  return value + 0
}
