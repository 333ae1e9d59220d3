import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { readWhole } from '@starling/protocol/num/readWhole'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import type { SettleInput } from '@starling/protocol/scoring/settle/settleTypes'
import type { StateReader } from '../app/context.ts'
import { getSubmissions, type Submissions } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import { getEligibleFor } from '../modules/stake/eligible.ts'
import { getPublishedBytes, getStateBytes } from '../modules/synthesis/view.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

/** Everything that settles an epoch, and the bytes that its record hashes. */
export type GatheredEpoch = {
  readonly topic: StoredTopic
  readonly epoch: OpenEpoch
  readonly submissions: Submissions
  readonly input: SettleInput
  readonly publishedBytes: Uint8Array
  readonly priorBytes: Uint8Array
}

/** Reads what the state knows about an epoch whose truth window has closed. */
export function gatherEpoch(state: StateReader, topic: StoredTopic, epoch: OpenEpoch): GatheredEpoch {
  const { id, policy, base } = topic
  const { nonce } = epoch
  const submissions = getSubmissions(state, { topicId: id, nonce })
  const { inferences, forecasts, reports } = submissions
  const priorBytes = getStateBytes(state, id) ?? encodeScoringState(emptyScoringState())
  const publishedBytes = getPublishedBytes(state, id, nonce) ?? priorBytes
  const reputers = reports.map(({ reputer, value, label }) => ({
    address: reputer,
    stake: getEligibleFor(state, id, reputer, nonce),
    value: label === '' ? value : label,
  }))
  const input: SettleInput = {
    topic: { id: Number(id), policy, params: scoringParamsOf(base, getParams(state)) },
    nonce: Number(nonce),
    prior: decodeScoringState(publishedBytes),
    priorUpdate: decodeScoringState(priorBytes),
    inferences,
    forecasts,
    reputers,
    reward: readWhole(epoch.pot),
  }
  return { topic, epoch, submissions, input, publishedBytes, priorBytes }
}
