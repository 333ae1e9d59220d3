import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { ema } from '@starling/protocol/num/ema'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { applyLivenessPenalty } from '@starling/protocol/scoring/scores/applyLivenessPenalty'
import { countMissedEpochs } from '@starling/protocol/scoring/scores/countMissedEpochs'
import type { State, StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import type { StoredTopic } from '../topics/view.ts'
import {
  type Due,
  deleteSubmission,
  getInitialMerit,
  getMerit,
  getQuantile,
  hasSubmitted,
  listActive,
  setMerit,
} from './view.ts'

/** Who wants to take part in an epoch, and as what. */
export type Applicant = {
  readonly role: SubmitterRole
  readonly topic: StoredTopic
  readonly nonce: bigint
  readonly address: string
}

/**
 * Decides about a place in an active set by merit: while there is room everybody gets one, afterwards whoever has more
 * merit than the least member takes its place. Returns whether the submission is to be stored; a refusal by merit is no
 * error, as the fee pays for the try. Throws where the address has had its try for this epoch. SPEC lifecycle 1.8
 */
export function admit(state: State, applicant: Applicant): boolean {
  const { role, topic, nonce, address } = applicant
  const epoch = { topicId: topic.id, nonce }
  const known = getMerit(state, role, topic.id, address)
  if (hasSubmitted(state, role, epoch, address) || (known !== undefined && known.blockHeight >= nonce)) {
    throw emissionsError('ALREADY_SUBMITTED', { address, nonce })
  }
  const initial = getInitialMerit(state, role, topic.id)
  const merit =
    known === undefined ? initial : afterAbsence(applicant, readDecimal(known.score), known.blockHeight, initial)
  if (known !== undefined) setMerit(state, role, epoch, address, merit)

  const members = listActive(state, role, topic.id, nonce)
  if (members.length < placesOf(getParams(state), role)) return true
  const least = leastOf(state, applicant, members)
  if (merit > least.merit) {
    deleteSubmission(state, role, epoch, least.address)
    lower(state, applicant, least)
    return true
  }
  if (known !== undefined) lower(state, applicant, { address, merit })
  return false
}

/** Pulled toward the newcomers' merit by each epoch missed. SPEC math 10.5 */
function afterAbsence({ role, topic }: Applicant, score: number, lastBlock: bigint, initial: number): number {
  const { epochLastEnded, epochLength, groundTruthLag, meritSortitionAlpha } = topic.base
  const lag = role === 'reputer' ? groundTruthLag : 0n
  const missed = countMissedEpochs({ lastBlock, epochLastEnded, epochLength, lag })
  return applyLivenessPenalty(score, initial, readDecimal(meritSortitionAlpha), Number(missed))
}

type Member = { readonly address: string; readonly merit: number }

/** The member with the least merit; of equals the one with the highest address. */
function leastOf(state: StateReader, { role, topic }: Applicant, members: readonly string[]): Member {
  const initial = getInitialMerit(state, role, topic.id)
  const weighed = members.map((address) => {
    const known = getMerit(state, role, topic.id, address)
    return { address, merit: known === undefined ? initial : readDecimal(known.score) }
  })
  return weighed.reduce((least, member) => (member.merit <= least.merit ? member : least))
}

/** Moves the merit of whoever stays outside toward the quantile of the last scores, so that it can come back. */
function lower(state: State, { role, topic, nonce }: Applicant, { address, merit }: Member): void {
  const moved = ema(readDecimal(topic.base.meritSortitionAlpha), getQuantile(state, role, topic.id), merit)
  setMerit(state, role, { topicId: topic.id, nonce } satisfies Due, address, moved)
}

function placesOf(params: Params, role: SubmitterRole): number {
  const places = {
    inferer: params.maxTopInferersToReward,
    forecaster: params.maxTopForecastersToReward,
    reputer: params.maxTopReputersToReward,
  }
  return Number(places[role])
}
