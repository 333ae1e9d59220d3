import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultScoringParams as params } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import type { SettleInput, SettleOutcome } from './settle/settleTypes.ts'
import { settleEpoch } from './settleEpoch.ts'
import type { ScoringState } from './stateTypes.ts'
import { anyRules } from './testing/anyRules.ts'
import { numberPolicy } from './testing/numberPolicy.ts'
import type { LossMethod, TopicPolicy, Values } from './types.ts'

const names = ['A', 'B', 'C', 'D', 'E', 'F']
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })

const policyOf = (loss: LossMethod): TopicPolicy => ({ ...numberPolicy, loss, domain: [-1e6, 1e6], tolerance: 1e5 })

type Epoch = Pick<SettleInput, 'inferences' | 'forecasts' | 'reputers' | 'reward'>

const epoch: fc.Arbitrary<Epoch> = fc.record({
  inferences: fc
    .subarray(names)
    .chain((workers) => fc.tuple(...workers.map((worker) => number.map((value) => ({ worker, values: [value] }))))),
  forecasts: fc
    .subarray(names)
    .chain((forecasters) =>
      fc.tuple(
        ...forecasters.map((forecaster) =>
          fc
            .array(
              fc.record({ inferer: fc.constantFrom(...names), value: fc.double({ min: -12, max: 12, noNaN: true }) }),
              { maxLength: 5 },
            )
            .map((elements) => ({ forecaster, elements })),
        ),
      ),
    ),
  reputers: fc.subarray(names, { minLength: 1 }).chain((reputers) =>
    fc.tuple(
      ...reputers.map((address) =>
        fc.record({
          address: fc.constant(address),
          stake: fc.bigInt(0n, 10n ** 24n),
          value: fc.oneof(fc.constant(3), number),
        }),
      ),
    ),
  ),
  reward: fc.bigInt(0n, 10n ** 24n),
})

const losses = fc.constantFrom<LossMethod>('squared', 'absolute', 'huber', 'logcosh', 'relative-squared')
const policy = fc.tuple(losses, anyRules).map(([loss, rules]) => ({ ...policyOf(loss), ...rules }))

/** Settles epoch after epoch, each on the state that the one before left. */
function settleAll(
  policy: TopicPolicy,
  epochs: readonly Epoch[],
): readonly (SettleOutcome & { readonly before: ScoringState })[] {
  let state = emptyScoringState()
  let lastAnswer: Values | null = null
  return epochs.map((one, i) => {
    const before = state
    const outcome = settleEpoch({
      ...one,
      topic: { id: 1, policy, params },
      nonce: i + 1,
      prior: state,
      priorUpdate: state,
      lastAnswer,
    })
    state = outcome.state
    lastAnswer = outcome.network?.combined ?? lastAnswer
    return { ...outcome, before }
  })
}

function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) expectFinite(part)
}

test('rewards and what is unpaid sum to the reward, to the unit', () => {
  fc.assert(
    fc.property(policy, fc.array(epoch, { minLength: 1, maxLength: 6 }), (chosen, epochs) => {
      for (const [i, { rewards, unpaid }] of settleAll(chosen, epochs).entries()) {
        expect(rewards.reduce((total, { amount }) => total + amount, unpaid)).toBe(epochs[i]?.reward)
        expect(unpaid >= 0n && rewards.every(({ amount }) => amount > 0n)).toBe(true)
      }
    }),
  )
})

test('the state holds finite numbers only and survives JSON; unsettled epochs leave it equal', () => {
  fc.assert(
    fc.property(policy, fc.array(epoch, { minLength: 1, maxLength: 6 }), (chosen, epochs) => {
      for (const { state, before, status, losses } of settleAll(chosen, epochs)) {
        expectFinite(state)
        expectFinite(losses)
        expect(JSON.stringify(JSON.parse(JSON.stringify(state)))).toBe(JSON.stringify(state))
        if (status !== 'settled') expect(state).toEqual(before)
      }
    }),
  )
})

test('AUD-H5 no order of the participants changes anything', () => {
  fc.assert(
    fc.property(policy, fc.array(epoch, { minLength: 1, maxLength: 5 }), (chosen, epochs) => {
      const reversed = epochs.map(({ inferences, forecasts, reputers, reward }) => ({
        inferences: inferences.toReversed(),
        forecasts: forecasts.toReversed().map((f) => ({ ...f, elements: f.elements.toReversed() })),
        reputers: reputers.toReversed(),
        reward,
      }))
      expect(settleAll(chosen, reversed)).toEqual(settleAll(chosen, epochs))
    }),
  )
})
