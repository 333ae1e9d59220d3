import { create } from '@bufbuild/protobuf'
import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import { pathKey } from '@starling/protocol/bytes/pathKey'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { type Commitment, CommitmentSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context, StateReader } from '../../../app/context.ts'
import { getParams } from '../../params/view.ts'
import { getEligibleFor } from '../../stake/eligible.ts'
import { type Applicant, enterMerit } from '../enterMerit.ts'
import { lowerMerit } from '../lowerMerit.ts'
import { placesOf } from '../placesOf.ts'
import { rankMerit } from '../rankMerit.ts'
import { rivalsOf } from '../rivalsOf.ts'
import { deleteCommitment, getCommitment, getMerit, listCommitments, putCommitment, setMerit } from '../view.ts'
import { returnBond, takeBond } from './bonds.ts'
import { countSealed } from './countSealed.ts'

/**
 * Decides about a place among the commitments of an epoch. Whoever holds one replaces what it committed to. The places
 * go to those with the most merit (of reputers: the most stake that counts for the epoch), equals by lot, a part of them
 * at most to who is on trial (`rivalsOf`): the order in which a block brings them does not matter. Who finds no place pays
 * no bond. SPEC VT-2
 */
export function admitCommitment(context: Context, applicant: Applicant, hash: Uint8Array): boolean {
  const { state } = context
  const { role, topic, nonce, address } = applicant
  const epoch = { topicId: topic.id, nonce }
  const held = getCommitment(state, role, epoch, address)
  if (held !== undefined) {
    putCommitment(state, role, epoch, create(CommitmentSchema, { ...held, hash }))
    return true
  }
  const known = getMerit(state, role, topic.id, address)
  if (known !== undefined && known.blockHeight >= nonce) return false
  const merit = enterMerit(state, applicant)
  const applied = apply(state, applicant, { hash, merit })
  setMerit(state, role, epoch, address, merit)
  const members = listCommitments(state, role, epoch)
  const isFull = members.length >= placesOf(getParams(state), role)
  const rivals = isFull ? rivalsOf(state, applicant, [...members, applied], ({ author }) => author) : []
  const [first, ...others] = rivals
  const least = others.reduce((low, one) => (low !== undefined && isAbove(epoch, low, one) ? one : low), first)
  if (least === applied) {
    lowerMerit(state, applicant, merit)
    return false
  }
  if (least !== undefined) displace(context, applicant, least)
  takeBond(context, topic, address)
  putCommitment(state, role, epoch, applied)
  countSealed(state, epoch, role, 1)
  return true
}

function apply(
  state: StateReader,
  applicant: Applicant,
  { hash, merit }: Pick<Commitment, 'hash' | 'merit'>,
): Commitment {
  const { role, topic, nonce, address: author } = applicant
  const stake = role === 'reputer' ? getEligibleFor(state, topic.id, author, nonce).toString() : ''
  return create(CommitmentSchema, { author, hash, merit: rankMerit(state, applicant, merit), stake })
}

function displace(context: Context, { role, topic, nonce }: Applicant, { author }: Commitment): void {
  const { state } = context
  const merit = readDecimal(getMerit(state, role, topic.id, author)?.score ?? '0')
  const epoch = { topicId: topic.id, nonce }
  deleteCommitment(state, role, epoch, author)
  countSealed(state, epoch, role, -1)
  returnBond(context, topic, author)
  lowerMerit(state, { role, topic, nonce, address: author }, merit)
}

type Epoch = { readonly topicId: bigint; readonly nonce: bigint }

/** True where the first goes before the second; both are of one role. */
function isAbove(epoch: Epoch, first: Commitment, second: Commitment): boolean {
  if (first.stake !== second.stake) return readWhole(first.stake) > readWhole(second.stake)
  if (first.stake === '' && first.merit !== second.merit) return first.merit > second.merit
  return compareBytes(lotOf(epoch, first), lotOf(epoch, second)) < 0
}

/** Drawn anew for each epoch, so that no address is lucky for good. */
function lotOf({ topicId, nonce }: Epoch, { author }: Commitment): Uint8Array {
  return sha256(pathKey('lot', topicId, nonce, author))
}
