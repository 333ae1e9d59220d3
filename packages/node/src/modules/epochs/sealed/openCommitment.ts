import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import type { Opening } from '@starling/protocol/modules/epochs/sealed/checkSalt'
import { makeCommitment } from '@starling/protocol/modules/epochs/sealed/makeCommitment'
import type { Context } from '../../../app/context.ts'
import type { Applicant } from '../enterMerit.ts'
import { deleteCommitment, getCommitment, putDue } from '../view.ts'
import { returnBond } from './bonds.ts'
import { countSealed } from './countSealed.ts'

/**
 * Checks what is revealed against the commitment, which is used up with that, and gives the bond back. With the last
 * reveal of a window the epoch goes on at the end of this very block. SPEC VT-2, VT-9
 */
export function openCommitment(context: Context, applicant: Applicant, { bytes, salt }: Opening): void {
  const { state, chainId, height } = context
  const { role, topic, nonce, address } = applicant
  const epoch = { topicId: topic.id, nonce }
  const held = getCommitment(state, role, epoch, address)
  if (held === undefined) throw emissionsError('NO_COMMITMENT', { address, role, nonce })
  const made = makeCommitment({ chainId, ...epoch, role, author: address, payload: bytes, salt })
  if (!equalBytes(made, held.hash)) throw emissionsError('COMMITMENT_MISMATCH', { address, role, nonce })
  deleteCommitment(state, role, epoch, address)
  returnBond(context, topic, address)
  const { sealedWork, sealedTruth } = countSealed(state, epoch, role, -1)
  if (role === 'reputer' && sealedTruth === 0) putDue(state, 'settle', height, epoch)
  if (role !== 'reputer' && sealedWork === 0) putDue(state, 'answer', height, epoch)
}
