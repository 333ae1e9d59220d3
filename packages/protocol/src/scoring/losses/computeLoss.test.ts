import { expect, test } from 'vitest'
import { computeLoss } from './computeLoss.ts'

test('losses match their formulas', () => {
  expect(computeLoss({ loss: 'squared', levels: [] }, [3], 1)).toBe(4)
  expect(computeLoss({ loss: 'huber', lossParameter: 1, levels: [] }, [3], 1)).toBe(1.5)
  expect(computeLoss({ loss: 'quantile', lossParameter: 0.9, levels: [] }, [1], 3)).toBeCloseTo(1.8, 12)
  expect(computeLoss({ loss: 'qlike', levels: [] }, [2], 2)).toBe(0)
  expect(computeLoss({ loss: 'log-loss', levels: [] }, [0.5], 1)).toBeCloseTo(Math.LN2, 12)
  expect(computeLoss({ loss: 'brier', levels: [] }, [0.5, 0.5], 1)).toBe(0.5)
  expect(computeLoss({ loss: 'cross-entropy', levels: [] }, [0.25, 0.75], 0)).toBeCloseTo(1.3862943611198906, 12)
  expect(computeLoss({ loss: 'pinball', levels: [0.1, 0.9] }, [0, 2], 1)).toBeCloseTo(0.1, 12)
})
