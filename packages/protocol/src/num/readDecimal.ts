import { parseDecimal } from './parseDecimal.ts'

/** The number of a decimal that was checked when it was stored; anything else is a bug. */
export function readDecimal(text: string): number {
  const value = parseDecimal(text)
  if (typeof value === 'number') return value
  throw new Error(`"${text}" was stored unchecked: it is no decimal`)
}
