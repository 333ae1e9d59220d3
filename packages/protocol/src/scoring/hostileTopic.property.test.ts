import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeScoringState } from '../modules/synthesis/decodeScoringState.ts'
import { encodeScoringState } from '../modules/synthesis/encodeScoringState.ts'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import type { SettleOutcome } from './settle/settleTypes.ts'
import { settleEpoch } from './settleEpoch.ts'
import type { ScoringState } from './stateTypes.ts'
import { anyRules } from './testing/anyRules.ts'
import { numberPolicy } from './testing/numberPolicy.ts'
import type { LossMethod, ScoringParams, TopicPolicy, Values } from './types.ts'
import { answerOf } from './verified/answerOf.ts'
import { synthesise } from './verified/synthesise.ts'

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] as const

/** Values at the edges of what a topic's creator and an admin may choose. SPEC lifecycle 1.1, 9 */
const params: fc.Arbitrary<ScoringParams> = fc
  .record({
    pNorm: fc.constantFrom(1, 3, 10),
    cNorm: fc.constantFrom(-100, 0.75, 100),
    alphaRegret: fc.constantFrom(1e-300, 0.1, 1),
    epsilon: fc.constantFrom(2.3e-308, 1e-300, 1e-12, 0.01, 1e6),
    epsilonSafeDiv: fc.constantFrom(2.3e-308, 1e-7, 1e12),
    pNormSafeDiv: fc.constantFrom(-1e12, 8.25, 1e12),
    pRewardInference: fc.constantFrom(2.3e-308, 3, 1e12),
    cRewardInference: fc.constantFrom(2.3e-308, 0.75, 1e12),
    taskRewardAlpha: fc.constantFrom(2.3e-308, 0.1, 0.999999),
    betaEntropy: fc.constantFrom(0, 0.25, 1),
    initialRegretQuantile: fc.constantFrom(0, 0.25, 1),
    // So few places that members are forgotten, and more workers than places, as after a cut of the parameter.
    maxTopInferers: fc.constantFrom(1, 2, 32),
    maxTopForecasters: fc.constantFrom(1, 6),
  })
  .map((chosen) => ({ ...defaultScoringParams, minExperiencedWorkerRegrets: 2, ...chosen }))

/** Each loss with the widest domain that a policy may have. SPEC VT-4 */
const losses: fc.Arbitrary<TopicPolicy> = fc
  .constantFrom<readonly [LossMethod, number | undefined, number]>(
    ['squared', undefined, -1e150],
    ['absolute', undefined, -1e150],
    ['huber', 1e308, -1e150],
    ['huber', 2.3e-308, -1e150],
    ['logcosh', undefined, -1e150],
    ['quantile', 2.3e-308, -1e150],
    ['relative-squared', undefined, -1e150],
    ['qlike', undefined, 2.3e-308],
    ['log-loss', undefined, 0],
    ['brier', undefined, 0],
  )
  .map(([loss, lossParameter, lowest]) => ({
    ...numberPolicy,
    loss,
    ...(lossParameter === undefined ? {} : { lossParameter }),
    domain: [lowest, lowest === 0 ? 1 : 1e150],
  }))

const policy = fc
  .tuple(losses, anyRules, fc.constantFrom(1, 3, 100))
  .map(([topic, rules, memory]): TopicPolicy => ({ ...topic, ...rules, memory }))

function valueIn({ domain: [lowest, highest] }: TopicPolicy): fc.Arbitrary<number> {
  const inside = [lowest, highest, 0, 1, 2.3e-308, -2.3e-308, 1e-12, 0.5, -1e75, 3].filter(
    (value) => value >= lowest && value <= highest,
  )
  return fc.constantFrom(...inside)
}

type Epoch = {
  readonly inferences: readonly { readonly worker: string; readonly values: readonly [number] }[]
  readonly forecasts: readonly {
    readonly forecaster: string
    readonly elements: readonly { readonly inferer: string; readonly value: number }[]
  }[]
  readonly missed: readonly string[]
  readonly truth: number
}

function epochOf(topic: TopicPolicy): fc.Arbitrary<Epoch> {
  const element = fc.record({ inferer: fc.constantFrom(...names), value: fc.constantFrom(-1000, -308, 0, 308, 1000) })
  const event = topic.domain[0] === 0
  return fc.record({
    inferences: fc
      .array(fc.tuple(fc.constantFrom(...names), valueIn(topic)), { maxLength: 6 })
      .map((list) => [...new Map(list)].map(([worker, value]) => ({ worker, values: [value] as const }))),
    forecasts: fc
      .array(fc.tuple(fc.constantFrom(...names), fc.array(element, { minLength: 1, maxLength: 4 })), { maxLength: 3 })
      .map((list) => [...new Map(list)].map(([forecaster, elements]) => ({ forecaster, elements }))),
    missed: fc.subarray([...names], { maxLength: 2 }),
    truth: event ? fc.constantFrom(0, 1) : valueIn(topic),
  })
}

const scenario = fc.tuple(policy, params).chain(([topic, scoring]) =>
  fc.record({
    policy: fc.constant(topic),
    params: fc.constant(scoring),
    epochs: fc.array(epochOf(topic), { minLength: 1, maxLength: 10 }),
  }),
)

/** Paths of numbers that are not finite. */
function notFinite(value: unknown, path: string): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${value}`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => notFinite(part, `${path}.${key}`))
}

test('AUD-H14 whatever a topic and its workers choose, every epoch settles in finite numbers and its state is kept', () => {
  fc.assert(
    fc.property(scenario, ({ policy: topic, params: scoring, epochs }) => {
      const states: ScoringState[] = [emptyScoringState()]
      let lastAnswer: Values | null = null
      for (const [i, { truth, inferences, forecasts, missed }] of epochs.entries()) {
        // The truth comes epochs after the answer: values come from an older state than the one that moves on.
        const prior = states.at(-3) ?? states[0] ?? emptyScoringState()
        const state = states.at(-1) ?? prior
        const input = { policy: topic, inferences, forecasts, state: prior, params: scoring }
        const network = synthesise(input)?.network ?? null
        if (network !== null) expect(notFinite(answerOf(topic, network, prior), 'answer')).toEqual([])
        const outcome: SettleOutcome = settleEpoch({
          topic: { id: 1, policy: topic, params: scoring },
          nonce: i + 1,
          prior,
          priorUpdate: state,
          inferences,
          forecasts,
          reputers: [{ address: 'R', stake: 5n, value: truth }],
          reward: 10n ** 24n,
          lastAnswer,
          missed: { inferers: missed, forecasters: missed },
        })
        lastAnswer = network?.combined ?? lastAnswer
        expect(notFinite(outcome, 'outcome')).toEqual([])
        const paid = outcome.rewards.reduce((sum, { amount }) => sum + amount, outcome.unpaid)
        expect(paid).toBe(10n ** 24n)
        const kept = decodeScoringState(encodeScoringState(outcome.state))
        expect(kept).toEqual(outcome.state)
        states.push(kept)
      }
    }),
    { numRuns: 1000 },
  )
})
