import { topicsError } from '../modules/topics/errors.ts'
import { admitReports } from './settle/admitReports.ts'
import { admitWork } from './settle/admitWork.ts'
import { advanceState } from './settle/advanceState.ts'
import { computeNetworkLosses } from './settle/computeNetworkLosses.ts'
import { rewardEpoch } from './settle/rewardEpoch.ts'
import { scoreEpoch } from './settle/scoreEpoch.ts'
import type { ByRole, SettleInput, SettleOutcome } from './settle/settleTypes.ts'
import { computeNetworkValues } from './synthesis/computeNetworkValues.ts'
import { agreeOnTruth } from './truth/agreeOnTruth.ts'
import type { TopicPolicy } from './types.ts'

const nobody: ByRole = { inferers: [], forecasters: [], reputers: [] }

/** Nobody is paid, nothing moves. SPEC VT-3 */
function unsettled(
  input: SettleInput,
  part: Pick<SettleOutcome, 'status' | 'network' | 'skipped'> & { readonly reason: string },
): SettleOutcome {
  return {
    ...part,
    truth: null,
    losses: null,
    scores: nobody,
    fractions: nobody,
    split: { inferers: 0, forecasters: 0, reputers: 0 },
    rewards: [],
    unpaid: input.reward,
    state: input.priorUpdate,
  }
}

/** The rules that are built; settling by others than the topic's own would be a wrong answer, not a default. SPEC VT-1 */
function refuseOtherRules({ truth, pay, synthesis }: TopicPolicy): void {
  const fields = [
    ['truth', truth, 'attested'],
    ['pay', pay, 'reference'],
    ['synthesis', synthesis, 'regret'],
  ] as const
  for (const [field, got, built] of fields) {
    if (got !== built) throw topicsError('POLICY_NOT_BUILT', { field, got, built: `"${built}"` })
  }
}

/**
 * Settles one epoch of a topic whose truth is attested: values from `prior`, the truth agreed from the reports, losses
 * computed from both, and regrets, scores and rewards that advance `priorUpdate`. Pure; the order of participants does
 * not matter; rewards and `unpaid` sum to `reward`. Throws a `ProtocolError` for a policy that is not built. SPEC VT-3, VT-4, math 0.3
 */
export function settleEpoch(input: SettleInput): SettleOutcome {
  const { topic, nonce, priorUpdate: state, reward } = input
  const { policy, params } = topic
  refuseOtherRules(policy)
  const work = admitWork(policy, input.inferences, input.forecasts)
  const { reports, skipped: unheard } = admitReports(policy, input.reputers)
  const skipped = [...work.skipped, ...unheard]
  const { inferences, forecasts } = work
  const network = computeNetworkValues({ inferences, forecasts, state: input.prior, params })
  if (network === null) return unsettled(input, { status: 'void', reason: 'no inference', network, skipped })

  const agreement = agreeOnTruth(policy, reports)
  if (agreement.contested) return unsettled(input, { status: 'contested', reason: agreement.reason, network, skipped })

  const { truth } = agreement
  const losses = computeNetworkLosses(policy, network, truth)
  const scored = scoreEpoch({ policy, params, state, losses: losses.log, reports, truth })
  const rewarded = rewardEpoch({ params, state, losses: losses.log, scored, reports, reward })
  const { inferers, forecasters, reputers } = rewarded.split
  return {
    status: 'settled',
    truth,
    network,
    losses,
    scores: scored.scores,
    fractions: rewarded.fractions,
    split: { inferers, forecasters, reputers },
    rewards: rewarded.rewards,
    unpaid: rewarded.unpaid,
    skipped,
    state: advanceState({ state, losses: losses.log, params, nonce, scored, rewarded }),
  }
}
