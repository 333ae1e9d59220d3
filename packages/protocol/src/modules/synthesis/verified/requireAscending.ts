import { damaged } from './damaged.ts'

/** Throws STATE_DAMAGED unless each entry, an address or a place, stands after the one before it and before `end`. */
export function requireAscending<T extends string | number>(list: readonly T[], field: string, end?: T): void {
  for (const [i, entry] of list.entries()) {
    const before = list[i - 1]
    if ((before !== undefined && before >= entry) || (end !== undefined && entry >= end)) {
      throw damaged(`${field} is out of order or out of bounds at ${entry}`)
    }
  }
}
