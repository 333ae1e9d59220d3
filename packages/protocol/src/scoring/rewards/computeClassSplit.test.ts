import { expect, test } from 'vitest'
import { computeClassSplit } from './computeClassSplit.ts'

test('the classes share everything', () => {
  const split = computeClassSplit({
    entropies: { inferers: 1, forecasters: 0.5, reputers: 0.7 },
    taskScore: 0.1,
    infererScores: [0.2, -0.1],
    previousRatio: 0,
    alpha: 0.1,
  })
  expect(split.inferers + split.forecasters + split.reputers).toBeCloseTo(1, 12)
  expect(split.ratio).toBeCloseTo(0.05, 12)
})
