import { describe, expect, it } from 'vitest'
import { defaultScoringParams } from '../defaultScoringParams.ts'
import { emptyScoringState } from '../emptyScoringState.ts'
import { newForecasterState, newInfererState } from '../newWorkerState.ts'
import type { ScoringState } from '../stateTypes.ts'
import type { NetworkLosses } from '../types.ts'
import { updateRegrets } from './updateRegrets.ts'

const params = { ...defaultScoringParams, alphaRegret: 0.5 }

const losses: NetworkLosses = {
  combined: 1,
  naive: 1.5,
  inferers: [
    { worker: 'A', loss: 2 },
    { worker: 'B', loss: 0.5 },
  ],
  forecasters: [
    { worker: 'F', loss: 0.25 },
    { worker: 'G', loss: 3 },
  ],
  oneOutInferers: [
    { worker: 'A', loss: 0.75 },
    { worker: 'B', loss: 2.5 },
  ],
  oneOutForecasters: [
    { worker: 'F', loss: 1.25 },
    { worker: 'G', loss: 0.5 },
  ],
  oneInForecasters: [
    { worker: 'F', loss: 1 },
    { worker: 'G', loss: 2 },
  ],
  oneOutInfererForecasters: [
    { forecaster: 'F', withheldInferer: 'A', loss: 0.5 },
    { forecaster: 'F', withheldInferer: 'B', loss: 1 },
    { forecaster: 'G', withheldInferer: 'A', loss: 4 },
  ],
}

const prior: ScoringState = {
  ...emptyScoringState(),
  initialRegret: -1,
  inferers: { A: { ...newInfererState, regret: 2, naiveRegret: 1, withoutInferer: { A: 4, Z: 9 } } },
}

describe('SPEC math 8.2 regrets', () => {
  const next = updateRegrets({ prior, losses, params, nonce: 7 })

  it('of an inferer with history: its own, naive, and every family by the other worker', () => {
    expect(next.inferers.A).toEqual({
      ...newInfererState,
      regret: 0.5 * (1 - 2) + 0.5 * 2,
      naiveRegret: 0.5 * (1.5 - 2) + 0.5 * 1,
      withoutInferer: { A: 0.5 * (0.75 - 2) + 0.5 * 4, B: 0.5 * (2.5 - 2) - 0.5, Z: 9 },
      withoutForecaster: { F: 0.5 * (1.25 - 2) - 0.5, G: 0.5 * (0.5 - 2) - 0.5 },
      withForecaster: { F: 0.5 * (1 - 2) - 0.5, G: 0.5 * (2 - 2) - 0.5 },
      lastNonce: 7,
    })
  })

  it('of a new inferer start at the initial regret', () => {
    expect(next.inferers.B?.regret).toBe(0.5 * (1 - 0.5) - 0.5)
    expect(next.inferers.B?.naiveRegret).toBe(0.5 * (1.5 - 0.5) - 0.5)
  })

  it('of a forecaster: the matrix while an inferer is withheld, its own loss elsewhere', () => {
    expect(next.forecasters.F).toEqual({
      ...newForecasterState,
      regret: 0.5 * (1 - 0.25) - 0.5,
      withoutInferer: { A: 0.5 * (0.75 - 0.5) - 0.5, B: 0.5 * (2.5 - 1) - 0.5 },
      withoutForecaster: { F: 0.5 * (1.25 - 0.25) - 0.5, G: 0.5 * (0.5 - 0.25) - 0.5 },
      withSelf: 0.5 * (1 - 0.25) - 0.5,
      lastNonce: 7,
    })
  })

  it('leave out a missing cell of the matrix', () => {
    expect(next.forecasters.G?.withoutInferer).toEqual({ A: 0.5 * (0.75 - 4) - 0.5 })
  })

  it('of absent workers stay as they were', () => {
    const absent = { ...newInfererState, regret: 5, lastNonce: 3 }
    const after = updateRegrets({ prior: { ...prior, inferers: { C: absent } }, losses, params, nonce: 7 })
    expect(after.inferers.C).toEqual(absent)
    expect(Object.keys(after.inferers)).toEqual(['A', 'B', 'C'])
  })

  it('keep the rest of the state and remember the combined loss', () => {
    expect(next.combinedLoss).toBe(1)
    expect({ ...next, inferers: {}, forecasters: {}, initialRegret: 0, combinedLoss: null }).toEqual(
      emptyScoringState(),
    )
  })
})

describe('SPEC math 8.3 initial regret', () => {
  it('is the quantile of all new regrets while few are experienced', () => {
    // New regrets: A 0.5, B −0.25, F −0.125, G −1.5; the first quarter lies at position 0.75 between −1.5 and −0.25.
    expect(updateRegrets({ prior, losses, params, nonce: 7 }).initialRegret).toBe(-1.5 + 0.75 * 1.25)
  })

  it('counts as experienced who had a regret and was paid in 1 / α epochs', () => {
    const seasoned = { ...newInfererState, regret: 2, inclusions: 2 }
    const state = { ...prior, inferers: { A: seasoned, B: { ...newInfererState, inclusions: 2 } } }
    const one = { ...params, minExperiencedWorkerRegrets: 1, epsilon: 0.5 }
    // Only A: its regret 0.5, spread 0, offset −2 · ε.
    expect(updateRegrets({ prior: state, losses, params: one, nonce: 7 }).initialRegret).toBe(-0.5)
    const unpaid = { ...state, inferers: { A: { ...seasoned, inclusions: 1 } } }
    expect(updateRegrets({ prior: unpaid, losses, params: one, nonce: 7 }).initialRegret).toBe(-0.5625)
  })

  it('stays in the all-new mode with one new inferer alone, which has no regret against itself', () => {
    const alone: NetworkLosses = {
      combined: 2,
      naive: 2,
      inferers: [{ worker: 'A', loss: 2 }],
      forecasters: [],
      oneOutInferers: [],
      oneOutForecasters: [],
      oneInForecasters: [],
      oneOutInfererForecasters: [],
    }
    const next = updateRegrets({ prior: emptyScoringState(), losses: alone, params, nonce: 1 })
    expect(next.inferers.A).toEqual({ ...newInfererState, regret: 0, naiveRegret: 0, lastNonce: 1 })
    expect(next.initialRegret).toBe(0)
  })

  it('one forecaster has no one-out and no one-in regrets', () => {
    const single: NetworkLosses = {
      ...losses,
      forecasters: losses.forecasters.slice(0, 1),
      oneOutForecasters: [],
      oneInForecasters: [],
    }
    const { F } = updateRegrets({ prior, losses: single, params, nonce: 7 }).forecasters
    expect(F?.withSelf).toBeNull()
    expect(F?.withoutForecaster).toEqual({})
    expect(F?.withoutInferer).toEqual({ A: -0.375, B: 0.25 })
  })
})
