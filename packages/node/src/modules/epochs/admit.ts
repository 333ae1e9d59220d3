import { emissionsError } from '@starling/protocol/modules/emissionsError'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { State, StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { getEligibleFor } from '../stake/eligible.ts'
import { type Applicant, enterMerit } from './enterMerit.ts'
import { lowerMerit } from './lowerMerit.ts'
import { placesOf } from './placesOf.ts'
import { rankMerit } from './rankMerit.ts'
import { rivalsOf } from './rivalsOf.ts'
import { deleteSubmission, getInitialMerit, getMerit, hasSubmitted, listActive, setMerit } from './view.ts'

/**
 * Decides about a place in an active set: while there is room everybody gets one, afterwards whoever has more merit than
 * the least rival (`rivalsOf`) takes its place. Of reputers, who attest by stake, the stake that counts for the epoch decides:
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
  setMerit(state, role, epoch, address, enterMerit(state, applicant))

  const members = listActive(state, role, topic.id, nonce)
  if (members.length < placesOf(getParams(state), role)) return true
  const rivals = rivalsOf(state, applicant, [...members, address], (one) => one)
  const least = leastOf(
    state,
    applicant,
    rivals.filter((one) => one !== address),
  )
  const isOutside = rivals.includes(address) && (least === undefined || rankOf(state, applicant, address) <= least.rank)
  if (least !== undefined && !isOutside) {
    deleteSubmission(state, role, epoch, least.address)
    lower(state, { ...applicant, address: least.address })
    return true
  }
  if (known !== undefined) lower(state, applicant)
  return false
}

/** What decides between two addresses: stake in uallo of reputers, merit of the others. */
function rankOf(state: StateReader, { role, topic, nonce }: Applicant, address: string): number | bigint {
  if (role === 'reputer') return getEligibleFor(state, topic.id, address, nonce)
  return rankMerit(state, { role, topic, address }, meritOf(state, role, topic.id, address))
}

/** The merit that an address has, or that of newcomers. */
function meritOf(state: StateReader, role: SubmitterRole, topicId: bigint, address: string): number {
  const known = getMerit(state, role, topicId, address)
  return known === undefined ? getInitialMerit(state, role, topicId) : readDecimal(known.score)
}

type Member = { readonly address: string; readonly rank: number | bigint }

/** The least member; of equals the one with the highest address; undefined of nobody. */
function leastOf(state: StateReader, applicant: Applicant, members: readonly string[]): Member | undefined {
  const ranked = members.map((address) => ({ address, rank: rankOf(state, applicant, address) }))
  const [first, ...others] = ranked
  return others.reduce((least, member) => (least !== undefined && member.rank <= least.rank ? member : least), first)
}

function lower(state: State, applicant: Applicant): void {
  lowerMerit(state, applicant, meritOf(state, applicant.role, applicant.topic.id, applicant.address))
}
