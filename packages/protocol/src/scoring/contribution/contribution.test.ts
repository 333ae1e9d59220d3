import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median } from '../../num/median.ts'
import { numberPolicy } from '../testing/numberPolicy.ts'
import { advanceBaseline } from './advanceBaseline.ts'
import { advanceContribution } from './advanceContribution.ts'
import { baselineValues } from './baselineValues.ts'
import { chooseBaseline } from './chooseBaseline.ts'
import type { ContributionEpoch, Entry } from './contributionTypes.ts'
import { forecasterShares } from './forecasterShares.ts'
import { leastVariance } from './leastVariance.ts'
import { newContribution } from './newContribution.ts'
import { relativeDifferences } from './relativeDifferences.ts'
import { residualMoments } from './residualMoments.ts'
import { selectMedian } from './selectMedian.ts'
import { skillOf } from './skillOf.ts'
import { splitPot } from './splitPot.ts'
import { workerShares } from './workerShares.ts'

/** Numbers in [−1, 1) from a fixed seed. */
function makeRandom(): () => number {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 1073741824 - 1
  }
}

type Act = { readonly worker: string; readonly error: number }

/** An epoch whose baseline is off by 1 and whose workers are off by their errors; the truth is 0. */
function epochOf(acts: readonly Act[], rest: Partial<ContributionEpoch> = {}): ContributionEpoch {
  const workers = acts.map(({ worker, error }) => ({ worker, loss: error * error, residual: [error] }))
  const nobody = { missedWorkers: [], forecasters: [], missedForecasters: [] }
  return { baselineLosses: [1], truth: 0, workers, ...nobody, ...rest }
}

const options = { memory: 100, labels: 0 }

/** The state after epochs made by `act` from their number. */
function after(epochs: number, act: (t: number) => ContributionEpoch) {
  let state = newContribution()
  for (let t = 0; t < epochs; t += 1) state = advanceContribution(state, act(t), options)
  return state
}

describe('baselines', () => {
  const after3 = [5, 9, 7].reduce((state, truth) => advanceBaseline(state, truth, 0), newContribution().baseline)

  it('of numbers are last truth, mean, a week and a day ago, and the last network value, within the domain', () => {
    expect(baselineValues(after3, numberPolicy, [6.5])).toEqual([[7], [7], [7], [7], [6.5]])
    const many = Array.from({ length: 30 }, (_, t) => t).reduce(
      (state, truth) => advanceBaseline(state, truth, 0),
      newContribution().baseline,
    )
    expect(baselineValues(many, { ...numberPolicy, domain: [0, 28] }, null)).toEqual([[28], [14.5], [23], [6], [28]])
  })

  it('of events and labels are how often they were true', () => {
    const counted = [0, 1, 1].reduce((state, truth) => advanceBaseline(state, truth, 2), newContribution().baseline)
    const event = { ...numberPolicy, loss: 'log-loss' as const, domain: [0, 1] as const }
    expect(baselineValues(counted, event, [0.9])).toEqual([[0.6], [0.9]])
    const labels = { ...event, loss: 'cross-entropy' as const, labels: ['down', 'up'] }
    expect(baselineValues(counted, labels, null)).toEqual([
      [0.4, 0.6],
      [0.4, 0.6],
    ])
  })

  it('of quantiles are those of the truths and of their steps', () => {
    const policy = { ...numberPolicy, loss: 'pinball' as const, levels: [0.25, 0.5, 0.75] }
    expect(baselineValues(after3, policy, null)).toEqual([
      [6, 7, 8],
      [6.5, 8, 9.5],
      [6, 7, 8],
    ])
  })

  it('do not exist before the first truth, whose epoch counts for no difference', () => {
    expect(baselineValues(newContribution().baseline, numberPolicy, [1])).toEqual([])
    const state = advanceContribution(newContribution(), { ...epochOf([]), baselineLosses: [], truth: 3 }, options)
    expect(state).toEqual({ ...newContribution(), baseline: { truths: [3], epochs: 1, mean: 3, counts: [] } })
  })

  it('are chosen by their mean loss, the first of equal ones, with four times the median as the bound', () => {
    const window = [
      [3, 1, 2],
      [2, 4, 9],
      [5, 5, 1],
    ].map((baselines) => ({ baselines, absentLoss: 0, absentGain: 0 }))
    expect(chooseBaseline(window)).toEqual({ candidate: 0, losses: [3, 2, 5], bound: 12 })
    expect(chooseBaseline([])).toBe(null)
  })
})

describe('skill', () => {
  it('clips differences, holds the absent to the losses of the others, and the silent to the bound', () => {
    const window = [1, 2, 6, 1].map((absentLoss) => ({ baselines: [2], absentLoss, absentGain: 0 }))
    const baseline = { candidate: 0, losses: [2, 2, 2, 2], bound: 8 }
    const entries: Entry[] = [1, 'absent', 'absent', 'missed']
    expect(relativeDifferences(entries, window, baseline)).toEqual([0.125, 0, -0.5, -1])
    expect(relativeDifferences([100], window, baseline)).toEqual([-1])
  })

  it('is the mean less one standard error from the twentieth difference on', () => {
    const entries = (n: number) => Array.from({ length: n }, () => 0)
    const differences = (n: number) => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0.5 : 0.3))
    expect(skillOf(differences(19), entries(19))).toBe(0)
    expect(skillOf(differences(20), entries(20))).toBeCloseTo(0.4 - 0.1 / Math.sqrt(20), 14)
    expect(skillOf([...differences(20), -1], [...entries(19), 'absent', 'missed'])).toBe(0)
    expect(
      skillOf(
        differences(20).map((d) => -d),
        entries(20),
      ),
    ).toBe(0)
  })
})

describe('the least-variance combination', () => {
  const matrices = fc
    .array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((rows) => residualMoments(rows.map((row) => row.map((value) => [value]))))

  it('has weights ≥ 0 that sum to 1, and no member would lower its variance', () => {
    fc.assert(
      fc.property(matrices, (moments) => {
        const weights = leastVariance(moments)
        expect(weights.every((weight) => weight >= 0)).toBe(true)
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
        const ridge = (0.02 * moments.reduce((total, row, i) => total + (row[i] ?? 0), 0)) / moments.length
        const slopes = moments.map((row, i) =>
          row.reduce((total, value, j) => total + (value + (i === j ? ridge : 0)) * (weights[j] ?? 0), 0),
        )
        const variance = slopes.reduce((total, slope, i) => total + slope * (weights[i] ?? 0), 0)
        for (const slope of slopes) expect(slope).toBeGreaterThanOrEqual(variance * (1 - 1e-6) - 1e-12)
      }),
    )
  })

  it('is equal where there is no variance', () => {
    expect(leastVariance([])).toEqual([])
    expect(
      leastVariance([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([0.5, 0.5])
  })

  it('sums the residuals of all labels', () => {
    expect(
      residualMoments([
        [
          [0.5, -0.5],
          [-0.5, 0.5],
        ],
      ]),
    ).toEqual([[expect.closeTo(2 / 64, 12)]])
  })

  it('takes an absent worker to have said what the others said, with its own size of error', () => {
    const moments = residualMoments([[[1], [1], [1], [1]], [[2], [2], [], []], [[-1]]])
    const [first, second, newcomer] = moments
    expect(first?.[1]).toBeGreaterThan(0)
    expect((second?.[1] ?? 0) / (first?.[0] ?? 1)).toBeCloseTo(4, 12)
    expect(newcomer?.[2]).toBeCloseTo(first?.[0] ?? 0, 12)
  })
})

describe('shares', () => {
  const random = makeRandom()
  const errors = Array.from({ length: 200 }, () => [random(), random(), random(), 3 * random()] as const)

  it('go to skill, and copies have one weight together', () => {
    const alone = after(200, (t) => {
      const [a = 0, b = 0] = errors[t] ?? []
      return epochOf([
        { worker: 'a', error: a },
        { worker: 'b', error: b },
      ])
    })
    const copied = after(200, (t) => {
      const [a = 0, b = 0, , junk = 0] = errors[t] ?? []
      return epochOf([
        ...['a', 'a2', 'a3', 'a4'].map((worker) => ({ worker, error: a })),
        { worker: 'b', error: b },
        { worker: 'junk', error: junk },
      ])
    })
    const [a] = workerShares(alone, ['a', 'b'])
    const shares = workerShares(copied, ['a', 'a2', 'a3', 'a4', 'b', 'junk'])
    const together = shares.slice(0, 4).reduce((total, { share }) => total + share, 0)
    expect(together / (a?.share ?? 1)).toBeGreaterThan(0.95)
    expect(together / (a?.share ?? 1)).toBeLessThan(1.05)
    expect(shares[5]).toEqual({ worker: 'junk', skill: 0, weight: 0, share: 0 })
    expect(shares.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 12)
  })

  it('are 0 for all where nobody has skill, or nothing settled yet', () => {
    const state = after(50, () => epochOf([{ worker: 'a', error: 2 }]))
    expect(workerShares(state, ['a'])).toEqual([{ worker: 'a', skill: 0, weight: 0, share: 0 }])
    expect(workerShares(newContribution(), ['a'])).toEqual([{ worker: 'a', skill: 0, weight: 0, share: 0 }])
    expect(workerShares(newContribution(), [])).toEqual([])
  })

  it('are for those who are present, and for at most 64', () => {
    const names = Array.from({ length: 70 }, (_, i) => `w${100 + i}`)
    const state = after(30, (t) =>
      epochOf(names.map((worker, i) => ({ worker, error: (random() * (i + 10)) / 100 + 0 * t }))),
    )
    expect(workerShares(state, names).filter(({ weight }) => weight > 0).length).toBeLessThanOrEqual(64)
    expect(workerShares(state, ['w120', 'w121']).reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 12)
  })

  it('of forecasters are by what they take off the loss', () => {
    const state = after(40, (t) =>
      epochOf([{ worker: 'a', error: 0.5 }], {
        forecasters: [
          { worker: 'f', gain: t % 2 === 0 ? 0.3 : 0.1, residual: [0.2 - 0.01 * t] },
          { worker: 'g', gain: -0.1, residual: [0.1] },
        ],
        missedForecasters: ['h'],
      }),
    )
    expect(forecasterShares(state, ['f', 'g', 'h']).map(({ share }) => share)).toEqual([1, 0, 0])
  })

  it('of reputers, workers and forecasters split the pot; the part of a class without shares stays unpaid', () => {
    const parts = { inferers: 0.6, forecasters: 0.15, reputers: 0.25 }
    const shares = {
      inferers: [
        { worker: 'a', value: 0.5 },
        { worker: 'b', value: 0.5 },
      ],
      forecasters: [{ worker: 'f', value: 0 }],
      reputers: [{ worker: 'r', value: 1 }],
    }
    const { rewards, unpaid } = splitPot(1001n, shares, parts)
    expect(rewards).toEqual([
      { address: 'r', role: 'reputer', amount: 250n },
      { address: 'a', role: 'inferer', amount: 300n },
      { address: 'b', role: 'inferer', amount: 300n },
    ])
    expect(unpaid).toBe(151n)
  })
})

describe('the state', () => {
  const act = fc.record({
    worker: fc.constantFrom('a', 'b', 'c', 'd'),
    error: fc.oneof(fc.constantFrom(0, 1e-160, 1e75, -1e75), fc.double({ min: -2, max: 2, noNaN: true })),
  })
  const epochs = fc.array(
    fc.record({
      acts: fc.uniqueArray(act, { selector: ({ worker }) => worker, minLength: 1 }),
      baseline: fc.constantFrom(0, 1e-300, 1, 1e150, 4e300, Number.MAX_VALUE),
      missed: fc.subarray(['e', 'f']),
    }),
    { minLength: 1, maxLength: 60 },
  )

  it('is bounded and finite, and shares are none or sum to 1, whatever the epochs bring', () => {
    fc.assert(
      fc.property(epochs, (list) => {
        let state = newContribution()
        for (const { acts, baseline, missed } of list) {
          const ordered = acts.toSorted((a, b) => (a.worker < b.worker ? -1 : 1))
          const epoch = epochOf(ordered, { baselineLosses: [baseline, 1], missedWorkers: missed })
          state = advanceContribution(state, epoch, { memory: 30, labels: 0 })
        }
        expect(state.window.length).toBeLessThanOrEqual(30)
        for (const { entries } of Object.values(state.workers)) expect(entries.length).toBeLessThanOrEqual(30)
        const shares = workerShares(state, ['a', 'b', 'c', 'd'])
        const total = shares.reduce((sum, { share }) => sum + share, 0)
        expect(total === 0 || Math.abs(total - 1) < 1e-9).toBe(true)
        for (const { skill, weight, share } of shares) {
          expect([skill, weight, share].every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
        }
      }),
    )
  })

  it('forgets who was silent longest beyond 512', () => {
    const names = Array.from({ length: 600 }, (_, i) => `w${1000 + i}`)
    let state = advanceContribution(newContribution(), epochOf(names.map((worker) => ({ worker, error: 1 }))), options)
    expect(Object.keys(state.workers)).toEqual(names.slice(0, 512))
    state = advanceContribution(state, epochOf([{ worker: 'w1599', error: 1 }]), options)
    expect(Object.keys(state.workers)).toEqual([...names.slice(0, 511), 'w1599'])
  })
})

it('the median by selection is the median', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })), (values) => {
      expect(selectMedian(values)).toBe(median(values))
    }),
  )
})
