import { topicsError } from '../modules/topics/errors.ts'
import { admitReports } from './settle/admitReports.ts'
import { admitWork } from './settle/admitWork.ts'
import { advanceState } from './settle/advanceState.ts'
import { computeNetworkLosses } from './settle/computeNetworkLosses.ts'
import type { ByRole, SettleInput, SettleOutcome } from './settle/settleTypes.ts'
import { agreeOnTruth, type TruthReport } from './truth/agreeOnTruth.ts'
import type { TopicPolicy } from './types.ts'
import { advanceVerified } from './verified/advanceVerified.ts'
import { answerOf, type PublishedAnswer } from './verified/answerOf.ts'
import { contributionOf } from './verified/contributionOf.ts'
import { payEpoch } from './verified/payEpoch.ts'
import { type Synthesis, synthesise } from './verified/synthesise.ts'
import { takeWeights } from './verified/takeWeights.ts'

const nobody: ByRole = { inferers: [], forecasters: [], reputers: [] }

/** Nobody is paid, nothing moves. SPEC VT-3 */
function unsettled(
  input: SettleInput,
  part: Pick<SettleOutcome, 'status' | 'network' | 'answer' | 'skipped'> & { readonly reason: string },
): SettleOutcome {
  return {
    ...part,
    truth: null,
    losses: null,
    contribution: null,
    scores: nobody,
    fractions: nobody,
    split: { inferers: 0, forecasters: 0, reputers: 0 },
    rewards: [],
    unpaid: input.reward,
    state: input.priorUpdate,
  }
}

/** The rules that are built; settling by others than the topic's own would be a wrong answer, not a default. SPEC VT-1 */
function refuseOtherRules({ truth }: TopicPolicy): void {
  if (truth === 'attested') return
  throw topicsError('POLICY_NOT_BUILT', { field: 'truth', got: truth, built: '"attested"' })
}

/**
 * Settles one epoch of a topic whose truth is attested: values from `prior`, the truth agreed from the reports, losses
 * computed from both, and what the topic's rules make of them: scores, rewards and a state that advances `priorUpdate`.
 * Pure; the order of participants does not matter; rewards and `unpaid` sum to `reward`. Throws a `ProtocolError` for a
 * policy that is not built. SPEC VT-3, VT-4, VT-6, VT-7, VT-8, VT-10, math 0.3
 */
export function settleEpoch(input: SettleInput): SettleOutcome {
  const { policy, params } = input.topic
  refuseOtherRules(policy)
  const work = admitWork(policy, input.inferences, input.forecasts)
  const { reports, skipped: unheard } = admitReports(policy, input.reputers)
  const skipped = [...work.skipped, ...unheard]
  const { inferences, forecasts } = work
  const synthesis = synthesise({ policy, inferences, forecasts, state: input.prior, params })
  if (synthesis === null) {
    return unsettled(input, { status: 'void', reason: 'no inference', network: null, answer: null, skipped })
  }
  const { network } = synthesis
  const answer = answerOf(policy, network, input.prior)
  const agreement = agreeOnTruth(policy, reports)
  if (agreement.contested) {
    return unsettled(input, { status: 'contested', reason: agreement.reason, network, answer, skipped })
  }
  return { ...settleTruth(input, { synthesis, answer, reports, truth: agreement.truth }), skipped }
}

type AnsweredEpoch = {
  readonly synthesis: Synthesis
  readonly answer: PublishedAnswer
  readonly reports: readonly TruthReport[]
  readonly truth: number
}

/** What follows from an answer and the agreed truth. */
function settleTruth(input: SettleInput, epoch: AnsweredEpoch): Omit<SettleOutcome, 'skipped'> {
  const { topic, nonce, priorUpdate: state } = input
  const { policy, params } = topic
  const { synthesis, answer, reports, truth } = epoch
  const { network } = synthesis
  const losses = computeNetworkLosses(policy, network, truth)
  const contributed =
    policy.pay === 'contribution' ? contributionOf(input, { network, losses: losses.raw, truth }) : null
  const verified = advanceVerified({
    ...{ policy, state, synthesis, answer, truth },
    loss: losses.raw.combined,
    contribution: contributed?.epoch ?? null,
  })
  const after = verified?.contribution ?? null
  const contribution = contributed === null || after === null ? null : { ...contributed, state: after }
  const { scored, rewarded, findings } = payEpoch(input, { network, losses, truth, reports, contribution })
  const { inferers, forecasters, reputers } = rewarded.split
  const advanced = advanceState({ state, losses: losses.log, params, nonce, scored, rewarded })
  const weighted = policy.synthesis === 'tower' ? takeWeights(advanced, network) : advanced
  return {
    status: 'settled',
    ...{ truth, network, losses, answer },
    contribution: findings,
    scores: scored.scores,
    fractions: rewarded.fractions,
    split: { inferers, forecasters, reputers },
    rewards: rewarded.rewards,
    unpaid: rewarded.unpaid,
    state: verified === undefined ? weighted : { ...weighted, verified },
  }
}
