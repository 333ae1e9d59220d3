import { describe, expect, it } from 'vitest'
import { advanceContribution } from './contribution/advanceContribution.ts'
import { newContribution } from './contribution/newContribution.ts'
import { workerShares } from './contribution/workerShares.ts'
import { squaredLoss } from './losses/squaredLoss.ts'
import { vectorStage } from './testing/vectorStage.ts'

type PayCase = {
  readonly truths: readonly number[]
  readonly predictions: readonly (readonly number[])[]
  readonly baselineLosses: readonly (readonly number[])[]
  /** Epochs just before which the shares are asked for. */
  readonly at: readonly number[]
}

const nameOf = (i: number): string => `w${String(i).padStart(3, '0')}`

/** Shares by the state machine, fed epoch by epoch with the baseline losses of the reference. */
function sharesOverTime({ truths, predictions, baselineLosses, at }: PayCase): unknown {
  let state = newContribution()
  const answers: unknown[] = []
  for (const [t, truth] of truths.entries()) {
    const values = predictions[t] ?? []
    if (at.includes(t)) {
      const shares = workerShares(
        state,
        values.map((_, i) => nameOf(i)),
      )
      answers.push(shares.map(({ skill, weight, share }) => ({ skill, weight, share })))
    }
    const workers = values.map((value, i) => ({
      worker: nameOf(i),
      loss: squaredLoss(value, truth),
      residual: [value - truth],
    }))
    const losses = baselineLosses[t] ?? []
    const epoch = { baselineLosses: losses, truth, workers, missedWorkers: [], forecasters: [], missedForecasters: [] }
    state = advanceContribution(state, epoch, { memory: 100, labels: 0 })
  }
  return answers
}

const { title, cases } = vectorStage<PayCase>('contribution', sharesOverTime)

describe(title, () => {
  it.each(cases)('$name', ({ differences }) => {
    expect(differences()).toEqual([])
  })
})
