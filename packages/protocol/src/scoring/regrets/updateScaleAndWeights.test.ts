import { describe, expect, it } from 'vitest'
import { defaultScoringParams as params } from '../defaultScoringParams.ts'
import { emptyScoringState } from '../emptyScoringState.ts'
import { newForecasterState, newInfererState } from '../newWorkerState.ts'
import type { ScoringState } from '../stateTypes.ts'
import type { NetworkLosses } from '../types.ts'
import { updateScaleAndWeights } from './updateScaleAndWeights.ts'

const present = (inferers: readonly string[], forecasters: readonly string[]): NetworkLosses => ({
  combined: 0,
  naive: 0,
  inferers: inferers.map((worker) => ({ worker, loss: 0 })),
  forecasters: forecasters.map((worker) => ({ worker, loss: 0 })),
  oneOutInferers: [],
  oneOutForecasters: [],
  oneInForecasters: [],
  oneOutInfererForecasters: [],
})

const inferer = (regret: number) => ({ ...newInfererState, regret })

describe('SPEC math 1.5 stored scale and weights', () => {
  it('AUD-M7 takes inferers and forecasters together: 0.1, 0.2, 0.3 give 0.15826', () => {
    const state: ScoringState = {
      ...emptyScoringState(),
      inferers: { A: inferer(0.1), B: inferer(0.3) },
      forecasters: { F: { ...newForecasterState, regret: 0.2 } },
    }
    const next = updateScaleAndWeights(state, present(['A', 'B'], ['F']), params)
    expect(next.regretScale).toBeCloseTo(0.15826, 14)
    const weights = [next.inferers.A?.weight ?? 0, next.forecasters.F?.weight ?? 0, next.inferers.B?.weight ?? 0]
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
    // (1 + e^a) / (1 + e^b) over their sum, a = −3·(0.3/S − 0.75), b = −3·(R/S − 0.75).
    const raw = [0.1, 0.2, 0.3].map(
      (r) => (1 + Math.exp(-3 * (0.3 / 0.15826 - 0.75))) / (1 + Math.exp(-3 * (r / 0.15826 - 0.75))),
    )
    const total = raw.reduce((a, b) => a + b, 0)
    for (const [i, weight] of weights.entries()) expect(weight).toBeCloseTo((raw[i] ?? 0) / total, 13)
  })

  it('does not filter by former weights: a worker without weight counts', () => {
    const state = {
      ...emptyScoringState(),
      inferers: { A: { ...inferer(0), weight: 1 }, B: inferer(0.5), C: inferer(1) },
    }
    const next = updateScaleAndWeights(state, present(['A', 'B', 'C'], []), { ...params, epsilon: 0.1 })
    expect(next.regretScale).toBeCloseTo(0.8413, 14)
  })

  it('gives one worker alone the weight 1 and the scale ε', () => {
    const state = { ...emptyScoringState(), inferers: { A: inferer(-4) } }
    const next = updateScaleAndWeights(state, present(['A'], []), params)
    expect(next.regretScale).toBe(params.epsilon)
    expect(next.inferers.A?.weight).toBe(1)
  })

  it('leaves absent workers and everything else alone', () => {
    const away = { ...inferer(9), weight: 0.25 }
    const state = { ...emptyScoringState(), inferers: { A: inferer(1), Z: away } }
    const next = updateScaleAndWeights(state, present(['A'], []), params)
    expect(next.inferers.Z).toEqual(away)
    expect(updateScaleAndWeights(state, present([], []), params)).toBe(state)
  })
})
