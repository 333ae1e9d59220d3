import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { ema } from '@starling/protocol/num/ema'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { applyLivenessPenalty } from '@starling/protocol/scoring/scores/applyLivenessPenalty'
import { countMissedEpochs } from '@starling/protocol/scoring/scores/countMissedEpochs'
import type { State, StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { getEligibleFor } from '../stake/eligible.ts'
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
 * Decides about a place in an active set: while there is room everybody gets one, afterwards whoever has more merit than
 * the least member takes its place. Of reputers, who attest by stake, the stake that counts for the epoch decides:
 * otherwise six of them with next to nothing could keep the others from being heard. Returns whether the submission is
 * to be stored; a refusal is no error, as the fee pays for the try. Throws where the address has had its try for this
 * epoch. SPEC lifecycle 1.8, VT-3
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
  setMerit(state, role, epoch, address, merit)

  const members = listActive(state, role, topic.id, nonce)
  if (members.length < placesOf(getParams(state), role)) return true
  const least = leastOf(state, applicant, members)
  if (rankOf(state, applicant, address) > least.rank) {
    deleteSubmission(state, role, epoch, least.address)
    lower(state, applicant, least.address)
    return true
  }
  if (known !== undefined) lower(state, applicant, address)
  return false
}

/** Pulled toward the newcomers' merit by each epoch missed. SPEC math 10.5 */
function afterAbsence({ role, topic }: Applicant, score: number, lastBlock: bigint, initial: number): number {
  const { epochLastEnded, epochLength, groundTruthLag, meritSortitionAlpha } = topic.base
  const lag = role === 'reputer' ? groundTruthLag : 0n
  const missed = countMissedEpochs({ lastBlock, epochLastEnded, epochLength, lag })
  return applyLivenessPenalty(score, initial, readDecimal(meritSortitionAlpha), Number(missed))
}

/** What decides between two addresses: stake in uallo of reputers, merit of the others. */
function rankOf(state: StateReader, { role, topic, nonce }: Applicant, address: string): number | bigint {
  if (role === 'reputer') return getEligibleFor(state, topic.id, address, nonce)
  return meritOf(state, role, topic.id, address)
}

/** The merit that an address has, or that of newcomers. */
function meritOf(state: StateReader, role: SubmitterRole, topicId: bigint, address: string): number {
  const known = getMerit(state, role, topicId, address)
  return known === undefined ? getInitialMerit(state, role, topicId) : readDecimal(known.score)
}

type Member = { readonly address: string; readonly rank: number | bigint }

/** The least member; of equals the one with the highest address. */
function leastOf(state: StateReader, applicant: Applicant, members: readonly string[]): Member {
  const ranked = members.map((address) => ({ address, rank: rankOf(state, applicant, address) }))
  return ranked.reduce((least, member) => (member.rank <= least.rank ? member : least))
}

/** Moves the merit of whoever stays outside toward the quantile of the last scores, so that it can come back. */
function lower(state: State, { role, topic, nonce }: Applicant, address: string): void {
  const merit = meritOf(state, role, topic.id, address)
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
