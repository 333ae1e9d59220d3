import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import { toRegretScale } from '@starling/protocol/scoring/losses/toRegretScale'
import { advanceState } from '@starling/protocol/scoring/settle/advanceState'
import { computeNetworkLosses, mapLosses } from '@starling/protocol/scoring/settle/computeNetworkLosses'
import { rewardEpoch } from '@starling/protocol/scoring/settle/rewardEpoch'
import { scoreEpoch } from '@starling/protocol/scoring/settle/scoreEpoch'
import { computeNetworkValues } from '@starling/protocol/scoring/synthesis/computeNetworkValues'
import type { NetworkLosses, NetworkValues, ScoringParams, TopicPolicy, Values } from '@starling/protocol/scoring/types'
import { averageLosses } from './averageLosses.ts'
import type { Answer, Collective, CollectiveContext, Question } from './collective.ts'

/** Only whether somebody is paid enters the state, not how much. */
const REWARD = 10n ** 18n

/**
 * The reference network's weights by regret, through the functions that settle the chain's epochs. The cases of one
 * epoch settle together, with their mean losses. SPEC math 3, 8
 */
export function createRegret({ policy, models }: CollectiveContext): Collective<NetworkValues> {
  // Nobody who has a column is to be forgotten for want of a place.
  const params: ScoringParams = { ...defaultScoringParams, maxTopInferers: Math.max(models, 32) }
  let state = emptyScoringState()
  return {
    answer: (questions) => questions.map((question) => answerOne(question, { state, params })),
    learn: (lessons, nonce) => {
      const raw = averageLosses(
        lessons.map(({ answer, question, truth }) => scaledLosses(policy, answer.memory, truth, question.scale)),
      )
      const losses = mapLosses(raw, (loss) => toRegretScale(loss, policy.loss))
      const scored = scoreEpoch({ policy, params, state, losses, reports: [], truth: 0, contribution: null })
      const rewarded = rewardEpoch({ params, state, losses, scored, reports: [], reward: REWARD })
      state = advanceState({ state, losses, params, nonce, scored, rewarded })
    },
  }
}

function answerOne(
  { inferences, forecasts }: Question,
  context: { readonly state: ReturnType<typeof emptyScoringState>; readonly params: ScoringParams },
): Answer<NetworkValues> {
  const network = computeNetworkValues({ inferences, forecasts, ...context })
  if (network === null) throw new RangeError('a question without an inference')
  const alone = network.inferers.map(({ worker }) => ({ worker, weight: 1 }))
  const weights = network.weights.length === 0 ? alone : network.weights
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  return {
    values: network.combined,
    weights: weights.map(({ worker, weight }) => ({ worker, weight: total > 0 ? weight / total : 1 / weights.length })),
    without: withoutForecasters(network),
    memory: network,
  }
}

/** The chain computes one-outs from two forecasters on; without the only one the answer is the naive one. */
function withoutForecasters({
  forecasters,
  oneOutForecasters,
  naive,
}: NetworkValues): Answer<NetworkValues>['without'] {
  return forecasters.length === 1 ? forecasters.map(({ worker }) => ({ worker, values: naive })) : oneOutForecasters
}

function scaledLosses(policy: TopicPolicy, network: NetworkValues, truth: number, scale: number): NetworkLosses {
  const kind = outputKindOf(policy)
  if (scale === 1 || kind === 'labels' || kind === 'probability') {
    return computeNetworkLosses(policy, network, truth).raw
  }
  const one = <T extends { readonly values: Values }>(entry: T): T => ({
    ...entry,
    values: divide(entry.values, scale),
  })
  const scaled: NetworkValues = {
    combined: divide(network.combined, scale),
    naive: divide(network.naive, scale),
    inferers: network.inferers.map(one),
    forecasters: network.forecasters.map(one),
    oneOutInferers: network.oneOutInferers.map(one),
    oneOutForecasters: network.oneOutForecasters.map(one),
    oneInForecasters: network.oneInForecasters.map(one),
    oneOutInfererForecasters: network.oneOutInfererForecasters.map(one),
    weights: network.weights,
  }
  return computeNetworkLosses(policy, scaled, truth / scale).raw
}

function divide(values: Values, scale: number): Values {
  return values.map((value) => value / scale)
}
