import { describe, expect, it } from 'vitest'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import type { SettleInput, SettleOutcome } from './settle/settleTypes.ts'
import { settleEpoch } from './settleEpoch.ts'
import type { ScoringState } from './stateTypes.ts'
import { compareNumbers } from './testing/compareNumbers.ts'
import { numberPolicy } from './testing/numberPolicy.ts'
import { readVectors } from './testing/readVectors.ts'
import type { ScoringParams, TopicPolicy } from './types.ts'

/** An epoch of a chain; the first of each brings the topic. `behind` = epochs still open when the answer is given. */
type EpochCase = Pick<SettleInput, 'nonce' | 'inferences' | 'forecasts'> & {
  readonly chain: string
  readonly behind: number
  readonly policy?: Partial<TopicPolicy>
  readonly params?: Partial<ScoringParams>
  readonly reputers: readonly { readonly address: string; readonly stake: number; readonly value: number | string }[]
  readonly reward: number
}

/** The outcome in the form of the vectors. An unsettled epoch tells no more than what became of it. */
function told({ status, truth, network, rewards, unpaid, ...outcome }: SettleOutcome): unknown {
  const common = {
    status,
    truth,
    network: network && { ...network, weights: network.weights.filter(({ weight }) => weight > 0) },
    rewards: rewards.map((reward) => ({ ...reward, amount: String(reward.amount) })),
    unpaid: String(unpaid),
  }
  if (status !== 'settled') {
    return { ...common, losses: null, scores: null, fractions: null, split: null, state: null }
  }
  const { losses, scores, fractions, split, state } = outcome
  return { ...common, losses, scores, fractions, split, state }
}

/** Settles the epochs in a row, each from the states that our own settlements left. */
function settleAll(epochs: readonly EpochCase[]): readonly SettleOutcome[] {
  const { policy, params } = epochs[0] ?? {}
  const topic = {
    id: 1,
    policy: { ...numberPolicy, ...policy, minStake: BigInt(policy?.minStake ?? 0) },
    params: { ...defaultScoringParams, ...params },
  }
  const states: ScoringState[] = [emptyScoringState()]
  return epochs.map(({ nonce, inferences, forecasts, behind, ...epoch }) => {
    const priorUpdate = states.at(-1) ?? emptyScoringState()
    const outcome = settleEpoch({
      topic,
      nonce,
      prior: states.at(-1 - behind) ?? emptyScoringState(),
      priorUpdate,
      inferences,
      forecasts,
      reputers: epoch.reputers.map((reputer) => ({ ...reputer, stake: BigInt(reputer.stake) })),
      reward: BigInt(epoch.reward),
    })
    if (outcome.status !== 'settled') expect(outcome.state).toBe(priorUpdate)
    expect(outcome.skipped).toEqual([])
    states.push(outcome.state)
    return outcome
  })
}

const { source, cases } = readVectors<EpochCase>('settleEpochs')
const chains = [...new Set(cases.map(({ input }) => input.chain))].map(
  (chain) => [chain, cases.filter(({ input }) => input.chain === chain)] as const,
)

describe(`${source} settleEpochs`, () => {
  describe.each(chains)('%s', (_, epochs) => {
    const outcomes = settleAll(epochs.map(({ input }) => input))
    it.each(epochs.map((epoch, i) => ({ ...epoch, outcome: outcomes[i] })))('$name', ({ expected, outcome }) => {
      if (outcome === undefined) throw new Error('an epoch was not settled')
      expect(compareNumbers(told(outcome), expected)).toEqual([])
    })
  })
})
