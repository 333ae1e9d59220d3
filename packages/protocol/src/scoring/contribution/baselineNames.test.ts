import { expect, it } from 'vitest'
import { numberPolicy } from '../testing/numberPolicy.ts'
import { advanceBaseline } from './advanceBaseline.ts'
import { baselineNames } from './baselineNames.ts'
import { baselineValues } from './baselineValues.ts'
import { newContribution } from './newContribution.ts'

it.each([
  ['squared', [], []],
  ['brier', [], []],
  ['cross-entropy', ['dry', 'wet', 'snow'], []],
  ['crps', [], [0.1, 0.5, 0.9]],
] as const)('every candidate of a topic with %s has a name of its own', (loss, labels, levels) => {
  const policy = { ...numberPolicy, loss, labels, levels }
  const state = advanceBaseline(newContribution().baseline, 0, loss === 'brier' ? 2 : labels.length)
  const names = baselineNames(policy)
  expect(names).toHaveLength(baselineValues(state, policy, null).length)
  expect(new Set(names).size).toBe(names.length)
})
