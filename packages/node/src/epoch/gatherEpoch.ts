import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import type { SubsidyTerms } from '@starling/protocol/modules/payments/subsidyTerms'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import type { ReputerReport, SettleInput } from '@starling/protocol/scoring/settle/settleTypes'
import type { StateReader } from '../app/context.ts'
import { getSubmissions, type Submissions } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import { rewardOf } from '../modules/payments/rewardOf.ts'
import { subsidyTermsOf } from '../modules/payments/subsidyTermsOf.ts'
import { getEligibleFor } from '../modules/stake/eligible.ts'
import { getPublishedBytes, getStateBytes } from '../modules/synthesis/view.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

/** Everything that settles an epoch, as it is stored. */
export type GatheredEpoch = {
  readonly topic: StoredTopic
  readonly epoch: OpenEpoch
  readonly params: Params
  /** What limits the subsidy; undefined where the reference pays. */
  readonly terms: SubsidyTerms | undefined
  /** What of the pot may be paid, in uallo. */
  readonly reward: bigint
  readonly submissions: Submissions
  readonly reputers: readonly ReputerReport[]
  readonly publishedBytes: Uint8Array
  readonly priorBytes: Uint8Array
}

/** Reads what the state knows about an epoch whose truth window has closed. */
export function gatherEpoch(state: StateReader, topic: StoredTopic, epoch: OpenEpoch): GatheredEpoch {
  const { id } = topic
  const { nonce } = epoch
  const submissions = getSubmissions(state, { topicId: id, nonce })
  const priorBytes = getStateBytes(state, id) ?? encodeScoringState(emptyScoringState())
  const publishedBytes = getPublishedBytes(state, id, nonce) ?? priorBytes
  const reputers = submissions.reports.map(({ reputer, value, label }) => ({
    address: reputer,
    stake: getEligibleFor(state, id, reputer, nonce),
    value: label === '' ? value : label,
  }))
  const params = getParams(state)
  const terms = subsidyTermsOf(state, topic)
  const reward = rewardOf(epoch, params, terms)
  return { topic, epoch, params, terms, reward, submissions, reputers, publishedBytes, priorBytes }
}

/** The same as the scoring reads it. Throws a `ProtocolError` where what the scoring remembers is damaged. */
export function toSettleInput(gathered: GatheredEpoch): SettleInput {
  const { topic, epoch, params, reward, submissions, reputers, publishedBytes, priorBytes } = gathered
  const { id, policy, base } = topic
  return {
    topic: { id: Number(id), policy, params: scoringParamsOf(base, params) },
    nonce: Number(epoch.nonce),
    prior: decodeScoringState(publishedBytes),
    priorUpdate: decodeScoringState(priorBytes),
    inferences: submissions.inferences,
    forecasts: submissions.forecasts,
    reputers,
    reward,
    lastAnswer: epoch.lastAnswer.length === 0 ? null : epoch.lastAnswer,
    missed: { inferers: epoch.unrevealed?.inferers ?? [], forecasters: epoch.unrevealed?.forecasters ?? [] },
  }
}
