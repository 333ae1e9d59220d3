import { describe, expect, it } from 'vitest'
import { defaultScoringParams as params } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import type { SettleInput } from './settle/settleTypes.ts'
import { settleEpoch } from './settleEpoch.ts'
import type { ScoringState } from './stateTypes.ts'
import { numberPolicy } from './testing/numberPolicy.ts'
import type { TopicPolicy } from './types.ts'

const policy = numberPolicy

const base: SettleInput = {
  topic: { id: 1, policy, params },
  nonce: 10,
  prior: emptyScoringState(),
  priorUpdate: emptyScoringState(),
  inferences: [
    { worker: 'A', values: [10] },
    { worker: 'B', values: [13] },
  ],
  forecasts: [],
  reputers: [
    { address: 'R', stake: 300n, value: 11 },
    { address: 'S', stake: 100n, value: 11.5 },
  ],
  reward: 1_000_000n,
}

/** The state after some epochs of the same input. */
function after(epochs: number, input: SettleInput): ScoringState {
  let state = input.priorUpdate
  for (let i = 0; i < epochs; i++)
    state = settleEpoch({ ...input, nonce: i + 1, prior: state, priorUpdate: state }).state
  return state
}

describe('settleEpoch', () => {
  it('of two new inferers, worked out by hand', () => {
    const { status, truth, network, losses, scores, fractions, state } = settleEpoch(base)
    expect([status, truth, network?.combined]).toEqual(['settled', 11, [11.5]])
    expect(losses?.raw.combined).toBe(0.25)
    expect(losses?.raw.inferers).toEqual([
      { worker: 'A', loss: 1 },
      { worker: 'B', loss: 4 },
    ])
    // Without A the answer is B's 13, without B it is A's 10.
    expect(scores.inferers[0]?.value).toBeCloseTo(Math.log10(4) - Math.log10(0.25), 10)
    expect(scores.inferers[1]?.value).toBeCloseTo(Math.log10(1) - Math.log10(0.25), 10)
    expect(state.inferers.A?.regret).toBeCloseTo(0.1 * Math.log10(0.25 / 1), 10)
    expect(state.inferers.B?.regret).toBeCloseTo(0.1 * Math.log10(0.25 / 4), 10)
    expect(state.combinedLoss).toBeCloseTo(Math.log10(0.25), 10)
    // Closeness 1 and 0.5 with stakes 300 and 100.
    expect(scores.reputers.map(({ value }) => value)).toEqual([1, 0.5])
    expect(fractions.reputers[0]?.value).toBeCloseTo(300 / 350, 14)
    expect(state.inferers.A?.inclusions).toBe(1)
    expect(state.reputers.S).toEqual({ listeningCoefficient: 1, rewardFraction: 50 / 350, lastNonce: 10 })
  })

  it('pays one worker alone and stays in the all-new mode', () => {
    const outcome = settleEpoch({ ...base, inferences: base.inferences.slice(0, 1) })
    expect(outcome.scores.inferers).toEqual([{ worker: 'A', value: 0 }])
    expect(outcome.fractions.inferers).toEqual([{ worker: 'A', value: 1 }])
    expect(outcome.rewards.find(({ role }) => role === 'inferer')?.amount).toBeGreaterThan(0n)
    expect(outcome.state.initialRegret).toBe(0)
    expect(outcome.state.inferers.A?.weight).toBe(1)
  })

  it('SPEC VT-3 is void without inferences, whatever the truth, and moves nothing', () => {
    const outcome = settleEpoch({ ...base, inferences: [], reputers: [] })
    expect([outcome.status, outcome.reason, outcome.truth]).toEqual(['void', 'no inference', null])
    expect(outcome.state).toBe(base.priorUpdate)
    expect([outcome.rewards, outcome.unpaid]).toEqual([[], base.reward])
  })

  it('SPEC VT-3 is contested without a majority of stake, and moves nothing', () => {
    const reputers = [
      { address: 'R', stake: 100n, value: 11 },
      { address: 'S', stake: 100n, value: 20 },
    ]
    const priorUpdate = after(3, base)
    const outcome = settleEpoch({ ...base, priorUpdate, reputers })
    expect([outcome.status, outcome.reason]).toEqual(['contested', 'no majority agrees'])
    expect(outcome.state).toEqual(priorUpdate)
    expect([outcome.rewards, outcome.unpaid]).toEqual([[], base.reward])
    expect(outcome.network?.combined).toEqual([11.5])
  })

  it('takes values from the state at publication and advances the one at settlement', () => {
    const later = after(5, base)
    const outcome = settleEpoch({ ...base, priorUpdate: later })
    expect(outcome.network?.combined).toEqual([11.5])
    expect(outcome.state.inferers.A?.inclusions).toBe(6)
    const own = 0.1 * Math.log10(0.25) + 0.9 * (later.inferers.A?.regret ?? 0)
    expect(outcome.state.inferers.A?.regret).toBeCloseTo(own, 10)
  })

  it('hears forecasters once a loss is known, and pays them', () => {
    const forecasts = ['F', 'G'].map((forecaster) => ({
      forecaster,
      elements: [
        { inferer: 'B', value: 0.6 },
        { inferer: 'A', value: forecaster === 'F' ? 0 : 1 },
      ],
    }))
    const first = settleEpoch({ ...base, forecasts })
    expect(first.scores.forecasters).toEqual([])
    const state = after(20, { ...base, forecasts })
    const outcome = settleEpoch({ ...base, forecasts, prior: state, priorUpdate: state })
    expect(outcome.scores.forecasters.map(({ worker }) => worker)).toEqual(['F', 'G'])
    expect(outcome.rewards.some(({ role }) => role === 'forecaster')).toBe(true)
    expect(outcome.state.forecasters.F?.withSelf).not.toBeNull()
  })

  it('SPEC VT-1 refuses a truth that is not built, rather than settle by another rule', () => {
    const topic = { ...base.topic, policy: { ...policy, truth: 'reported' as const } }
    expect(() => settleEpoch({ ...base, topic })).toThrow(/^policy\.truth .* is not supported yet/)
  })

  it('lists what does not count', () => {
    const outcome = settleEpoch({
      ...base,
      inferences: [
        ...base.inferences,
        { worker: 'C', values: [Number.NaN] },
        { worker: 'D', values: [1] },
        { worker: 'D', values: [2] },
      ],
      forecasts: [
        {
          forecaster: 'F',
          elements: [
            { inferer: 'Z', value: 1 },
            { inferer: 'A', value: Number.NaN },
          ],
        },
      ],
      reputers: [...base.reputers, { address: 'T', stake: 0n, value: 11 }, { address: 'U', stake: 5n, value: 'up' }],
    })
    expect(outcome.skipped.map(({ who, field }) => `${who} ${field}`)).toEqual([
      'D inference',
      'C values',
      'F elements.A',
      'F elements.Z',
      'T stake',
      'U value',
    ])
    expect(outcome.rewards).toEqual(settleEpoch(base).rewards)
  })

  it('SPEC VT-3 agrees on labels by majority of stake', () => {
    const labels: TopicPolicy = { ...policy, loss: 'cross-entropy', labels: ['down', 'up'], domain: [0, 1] }
    const outcome = settleEpoch({
      ...base,
      topic: { ...base.topic, policy: labels },
      inferences: [
        { worker: 'A', values: [0.25, 0.75] },
        { worker: 'B', values: [0.5, 0.5] },
      ],
      reputers: [
        { address: 'R', stake: 300n, value: 'up' },
        { address: 'S', stake: 100n, value: 'down' },
      ],
    })
    expect([outcome.status, outcome.truth]).toEqual(['settled', 1])
    expect(outcome.losses?.raw.combined).toBeCloseTo(-Math.log(0.625), 12)
    expect(outcome.fractions.reputers.map(({ value }) => value)).toEqual([1, 0])
  })
})
