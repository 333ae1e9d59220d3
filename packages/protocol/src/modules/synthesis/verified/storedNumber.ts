import { damaged } from './damaged.ts'

/** A number that was read. Throws STATE_DAMAGED where it is not finite. */
export function storedNumber(value: number, field: string): number {
  if (!Number.isFinite(value)) throw damaged(`${field} is not finite`)
  return value + 0
}
