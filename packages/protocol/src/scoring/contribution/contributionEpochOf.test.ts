import { expect, it } from 'vitest'
import { defaultScoringParams } from '../defaultScoringParams.ts'
import { emptyScoringState } from '../emptyScoringState.ts'
import { settleEpoch } from '../settleEpoch.ts'
import type { ScoringState } from '../stateTypes.ts'
import { numberPolicy } from '../testing/numberPolicy.ts'
import { contributionEpochOf } from './contributionEpochOf.ts'
import { residualOf } from './residualOf.ts'

const topic = { id: 1, policy: numberPolicy, params: defaultScoringParams }

/** The outcome of the n-th of equal epochs: in the first ones a forecaster has no value yet. */
function outcomeOf(epochs: number, forecasters: readonly string[]) {
  const settle = (nonce: number, state: ScoringState) =>
    settleEpoch({
      topic,
      nonce,
      prior: state,
      priorUpdate: state,
      inferences: [
        { worker: 'b', values: [4] },
        { worker: 'a', values: [1] },
      ],
      forecasts: forecasters.map((forecaster, i) => ({
        forecaster,
        elements: [
          { inferer: 'a', value: i - 1 },
          { inferer: 'b', value: 1 },
        ],
      })),
      reputers: [{ address: 'r', stake: 1n, value: 2 }],
      reward: 0n,
    })
  let outcome = settle(1, emptyScoringState())
  for (let nonce = 2; nonce <= epochs; nonce += 1) outcome = settle(nonce, outcome.state)
  return outcome
}

it.each([[['f']], [['f', 'g']]])(
  'reads losses, residuals and gains of a settled epoch with forecasters %j',
  (names) => {
    const { network, losses, truth } = outcomeOf(12, names)
    if (network === null || losses === null || truth === null) throw new Error('the epoch did not settle')
    const rest = { baselines: [[0], [5]], missedWorkers: ['c'], missedForecasters: [] }
    const epoch = contributionEpochOf({ policy: numberPolicy, network, losses: losses.raw, truth, ...rest })
    expect(epoch).toMatchObject({ truth: 2, baselineLosses: [4, 9], missedWorkers: ['c'], missedForecasters: [] })
    expect(epoch.workers).toEqual([
      { worker: 'a', loss: 1, residual: [-1] },
      { worker: 'b', loss: 4, residual: [2] },
    ])
    const forecasters = network.forecasters.map(({ worker, values }, i) => ({
      worker,
      gain: (losses.raw.oneOutForecasters[i]?.loss ?? losses.raw.naive) - losses.raw.combined,
      residual: [(values[0] ?? 0) - 2],
    }))
    expect(forecasters.map(({ worker }) => worker)).toEqual(names)
    expect(epoch.forecasters).toEqual(forecasters)
  },
)

it.each([
  ['an event', 'log-loss', [], [0.25], 1, [-0.75]],
  ['labels', 'cross-entropy', ['x', 'y'], [0.25, 0.75], 1, [0.25, -0.25]],
  ['the middle of three quantiles', 'pinball', [], [1, 2, 4], 5, [-3]],
  ['the upper middle of four quantiles', 'pinball', [], [1, 2, 4, 8], 5, [-1]],
] as const)('the residual of %s', (_, loss, labels, values, truth, residual) => {
  expect(residualOf({ loss, labels }, values, truth)).toEqual(residual)
})
