import { expect, it } from 'vitest'
import { verdictOf } from './verdictOf.ts'

const names = ['the network', 'allo1a'] as const
const of = (ratio: number | null, lower: number | null, upper: number | null) => ({ ratio, lower, upper })

it('is sure only where the interval lies on one side of nothing', () => {
  expect(verdictOf(of(-1, -2, -0.5), names)).toBe('The network lost less than allo1a.')
  expect(verdictOf(of(1, 0.5, 2), names)).toBe('The network lost more than allo1a.')
  expect(verdictOf(of(-1, -2, 0.5), names)).toBe('The network lost less than allo1a, which may be chance.')
  expect(verdictOf(of(1, null, null), names)).toBe('The network lost more than allo1a, which may be chance.')
  expect(verdictOf(of(0, 0, 0), names)).toBe('The network and allo1a lost the same.')
})
