import { describe, expect, it } from 'vitest'
import { defaultScoringParams as params } from '../defaultScoringParams.ts'
import { emptyScoringState } from '../emptyScoringState.ts'
import { computeNetworkValues } from './computeNetworkValues.ts'
import { computeOutlierResistant, type OutlierResistant } from './computeOutlierResistant.ts'

function run(values: readonly number[], inferenceMadEma = 0): OutlierResistant {
  const inferences = values.map((value, i) => ({ worker: `w${i}`, values: [value] }))
  const input = { inferences, forecasts: [], state: { ...emptyScoringState(), inferenceMadEma }, params }
  return computeOutlierResistant(input, computeNetworkValues(input))
}

describe('computeOutlierResistant', () => {
  it('removes what lies beyond 11 deviations', () => {
    expect(run([10, 11, 12, 13, 1000])).toMatchObject({
      removed: ['w4'],
      inferenceMadEma: 1,
      values: { combined: [11.5] },
    })
  })

  it('AUD-M6 keeps a value exactly at the threshold', () => expect(run([10, 11, 12, 13, 23]).removed).toEqual([]))

  it('smooths the deviation before it filters', () => {
    const result = run([10, 11, 12, 13, 1000], 200)
    expect(result.inferenceMadEma).toBeCloseTo(160.2, 12)
    expect(result.removed).toEqual([])
  })

  it('filters nothing around a median of 0 or a deviation of 0', () => {
    expect(run([-1, 0, 0, 1, 1000]).removed).toEqual([])
    expect(run([5, 5, 5, 1000]).removed).toEqual([])
  })

  it('has no value without an inference and for vectors', () => {
    expect(run([]).values).toBeNull()
    const inferences = [{ worker: 'a', values: [1, 2] }]
    const input = { inferences, forecasts: [], state: emptyScoringState(), params }
    expect(computeOutlierResistant(input, null)).toEqual({ values: null, inferenceMadEma: 0, removed: [] })
  })
})
