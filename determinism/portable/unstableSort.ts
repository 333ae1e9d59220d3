import { createDice, shuffled } from '../../packages/node/src/app/testing/dice.ts'

/** Replaces the engine's sort by one that puts equal entries in any order, as engines before ES2019 did. */
export function useUnstableSort(seed: number): void {
  const roll = createDice(seed)
  const { sort, toSorted } = Array.prototype
  const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1)
  Array.prototype.sort = function <T>(this: T[], compare: (a: T, b: T) => number = byText): T[] {
    const mixed = shuffled(this, roll)
    for (const [i, one] of mixed.entries()) this[i] = one
    return sort.call(this, compare) as T[]
  }
  Array.prototype.toSorted = function <T>(this: T[], compare: (a: T, b: T) => number = byText): T[] {
    return toSorted.call(shuffled(this, roll), compare) as T[]
  }
}
