import { type Place, tableFault } from './tableFault.ts'

const WHOLE = /^[+-]?\d+(?:\.0+|,0)?$/

/** The whole number of a cell; `1.0`, as some programs write it, is one. Throws a `StarlingError` (`bad-input`) with the hint. */
export function readWhole(name: string, place: Place, text: string, hint: string): number {
  if (text === '') throw tableFault(name, place, `empty. ${hint}`)
  if (!WHOLE.test(text)) throw tableFault(name, place, `"${text}" is not a whole number. ${hint}`)
  const value = Number(text.replace(',', '.'))
  if (Number.isSafeInteger(value)) return value
  throw tableFault(name, place, `"${text}" is beyond ${Number.MAX_SAFE_INTEGER}, the largest number of an epoch.`)
}
