import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyLivenessPenalty } from '../scores/applyLivenessPenalty.ts'
import { splitCoins } from './splitCoins.ts'

test('splitCoins conserves the total', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 27n), fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (total, fractions) => {
      const { amounts, rest } = splitCoins(total, fractions)
      expect(amounts.reduce((a, b) => a + b, rest)).toBe(total)
      expect(rest >= 0n).toBe(true)
    }),
  )
})

test('liveness example of the specification', () => {
  expect(applyLivenessPenalty(300, 200, 0.1, 4)).toBeCloseTo(265.61, 10)
})
