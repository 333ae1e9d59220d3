import type { KeyRange, OrderedKv } from './orderedKv.ts'

/** An ordered key-value store in memory: the twin of `openLmdbKv` for tests and throw-away chains. */
export function createMemoryKv(): OrderedKv {
  // Latin-1 strings compare like the bytes they hold.
  const values = new Map<string, Uint8Array>()
  let sorted: string[] = []
  let isSorted = true
  const name = (key: Uint8Array): string => Buffer.from(key).toString('latin1')

  const lowerBound = (key: string): number => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }

  const namesIn = ({ start, end }: KeyRange): readonly string[] => {
    if (!isSorted) sorted = sorted.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    isSorted = true
    return sorted.slice(lowerBound(name(start)), lowerBound(name(end)))
  }
  const keyOf = (key: string): Uint8Array => new Uint8Array(Buffer.from(key, 'latin1'))

  return {
    get: (key) => values.get(name(key)),
    keys: (range) => namesIn(range).map(keyOf),
    entries: (range) => namesIn(range).map((key) => [keyOf(key), values.get(key) ?? new Uint8Array()]),
    write(entries) {
      for (const [key, value] of entries) {
        const text = name(key)
        if (!values.has(text)) {
          sorted.push(text)
          isSorted = false
        }
        values.set(text, value.slice())
      }
    },
    close() {},
  }
}
