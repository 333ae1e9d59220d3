import { expect, it } from 'vitest'
import { ageOf, isQuiet } from './conditionOf.ts'

it.each([
  [0, 1000, 'fresh'],
  [4_000, 1000, 'fresh'],
  [4_001, 1000, 'late'],
  [15_001, 1000, 'old'],
  [15_001, 6_000, 'fresh'],
  [18_001, 6_000, 'late'],
  [48_001, 6_000, 'old'],
] as const)('after %d ms without a block where one takes %d ms it is %s', (quiet, usual, age) => {
  expect(ageOf(quiet, usual)).toBe(age)
})

it('asks for the node after some seconds, however slow its blocks are', () => {
  expect([isQuiet(4_000), isQuiet(4_001)]).toEqual([false, true])
})
