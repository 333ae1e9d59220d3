import { expect, test } from 'vitest'
import { mergeEntries } from './mergeEntries.ts'

test('entries replace stored ones and newcomers stand in address order', () => {
  const stored = { b: 1, d: 2 }
  expect(Object.entries(mergeEntries(stored, [['d', 3]]))).toEqual([
    ['b', 1],
    ['d', 3],
  ])
  const grown = mergeEntries(stored, [
    ['c', 5],
    ['a', 4],
  ])
  expect(Object.keys(grown)).toEqual(['a', 'b', 'c', 'd'])
  expect(stored).toEqual({ b: 1, d: 2 })
})
