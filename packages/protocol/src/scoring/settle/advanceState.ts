import { entryOf } from '../entryOf.ts'
import { mergeEntries } from '../mergeEntries.ts'
import { updateRegrets } from '../regrets/updateRegrets.ts'
import { updateScaleAndWeights } from '../regrets/updateScaleAndWeights.ts'
import type { ReputerState, ScoringState } from '../stateTypes.ts'
import type { Address, NetworkLosses, ScoringParams } from '../types.ts'
import { forgetAbsent } from './forgetAbsent.ts'
import type { RewardedEpoch } from './rewardEpoch.ts'
import type { ScoredEpoch } from './scoreEpoch.ts'
import type { Attributed, Reward } from './settleTypes.ts'

type WorkerState = { readonly rewardFraction: number | null; readonly inclusions: number }

/** Remembers a class's smoothed fractions and counts who was paid. SPEC math 8.4, 11.3 */
function rememberPay<S extends WorkerState>(
  states: Readonly<Record<Address, S>>,
  smoothed: Attributed,
  paid: readonly Reward[],
): Readonly<Record<Address, S>> {
  const addresses = new Set(paid.map(({ address }) => address))
  const entries = smoothed.flatMap(({ worker, value }): (readonly [Address, S])[] => {
    const state = entryOf(states, worker)
    if (state === undefined) return []
    return [
      [worker, { ...state, rewardFraction: value, inclusions: state.inclusions + (addresses.has(worker) ? 1 : 0) }],
    ]
  })
  return mergeEntries(states, entries)
}

/** The state after a settled epoch: regrets, scale, weights, histories, fractions, counters. SPEC math 1.5, 8, 11 */
export function advanceState(input: {
  readonly state: ScoringState
  readonly losses: NetworkLosses
  readonly params: ScoringParams
  readonly nonce: number
  readonly scored: ScoredEpoch
  readonly rewarded: RewardedEpoch
}): ScoringState {
  const { losses, params, nonce, scored, rewarded } = input
  const regretted = updateRegrets({ prior: input.state, losses, params, nonce })
  const weighted = updateScaleAndWeights(regretted, losses, params)
  const { smoothed, rewards } = rewarded
  const reputers = smoothed.reputers.map(({ worker, value }): readonly [Address, ReputerState] => {
    const listeningCoefficient = entryOf(weighted.reputers, worker)?.listeningCoefficient ?? 1
    return [worker, { listeningCoefficient, rewardFraction: value, lastNonce: nonce }]
  })
  const paidAs = (role: Reward['role']): readonly Reward[] => rewards.filter((reward) => reward.role === role)
  const advanced = {
    ...weighted,
    inferers: rememberPay(weighted.inferers, smoothed.inferers, paidAs('inferer')),
    forecasters: rememberPay(weighted.forecasters, smoothed.forecasters, paidAs('forecaster')),
    reputers: mergeEntries(weighted.reputers, reputers),
    infererScores: scored.infererScores,
    forecasterScores: scored.forecasterScores,
    forecasterScoreRatio: rewarded.split.ratio,
  }
  return forgetAbsent(advanced, params)
}
