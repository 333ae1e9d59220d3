import { describe, expect, it } from 'vitest'
import { advanceContribution } from '../contribution/advanceContribution.ts'
import { chooseBaseline } from '../contribution/chooseBaseline.ts'
import type { ContributionState } from '../contribution/contributionTypes.ts'
import { newContribution } from '../contribution/newContribution.ts'
import type { NetworkValues } from '../types.ts'
import { contributionScores } from './contributionScores.ts'

const network: NetworkValues = {
  combined: [0],
  naive: [0],
  inferers: ['a', 'c'].map((worker) => ({ worker, values: [0] })),
  forecasters: [{ worker: 'f', values: [0] }],
  oneOutInferers: [],
  oneOutForecasters: [],
  oneInForecasters: [],
  oneOutInfererForecasters: [],
  weights: [],
}
const nobody = { inferers: [], forecasters: [] }

/** A state after epochs in which a guess of loss 1 stood beside `a`, `c` and the forecaster's gain. */
function stateAfter(epochs: readonly { readonly a: number; readonly c: number; readonly gain: number }[]) {
  return epochs.reduce(
    (state: ContributionState, { a, c, gain }) =>
      advanceContribution(
        state,
        {
          baselineLosses: [1],
          truth: 0,
          workers: [
            { worker: 'a', loss: a, residual: [a] },
            { worker: 'c', loss: c, residual: [c] },
          ],
          missedWorkers: ['b'],
          forecasters: [{ worker: 'f', gain, residual: [0] }],
          missedForecasters: [],
        },
        { memory: 100, labels: 0 },
      ),
    newContribution(),
  )
}

describe('SPEC VT-6 scores where contribution is paid', () => {
  it('are the newest differences over the bound, 4 × the baseline’s median loss, clipped; −1 without a reveal', () => {
    const state = stateAfter([
      { a: 0, c: 0, gain: 0 },
      { a: 0.5, c: 11, gain: 0.2 },
    ])
    const baseline = chooseBaseline(state.window)
    expect(contributionScores({ state, baseline, network, missed: { inferers: ['b'], forecasters: ['g'] } })).toEqual({
      inferers: [
        { worker: 'a', value: 0.125 },
        { worker: 'b', value: -1 },
        { worker: 'c', value: -1 },
      ],
      forecasters: [
        { worker: 'f', value: 0.05 },
        { worker: 'g', value: -1 },
      ],
    })
  })

  it('are 0 before there is a baseline, and without an error of it', () => {
    const zero = {
      inferers: [
        { worker: 'a', value: 0 },
        { worker: 'c', value: 0 },
      ],
      forecasters: [{ worker: 'f', value: 0 }],
    }
    const state = newContribution()
    expect(contributionScores({ state, baseline: null, network, missed: nobody })).toEqual(zero)
    const perfect = { candidate: 0, losses: [0], bound: 0 }
    const known = stateAfter([{ a: 0, c: 0, gain: 0 }])
    expect(contributionScores({ state: known, baseline: perfect, network, missed: undefined })).toEqual(zero)
  })
})
