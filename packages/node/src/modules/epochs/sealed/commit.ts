import { create } from '@bufbuild/protobuf'
import { EventCommittedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import {
  type CommitRequest,
  type CommitResponse,
  CommitResponseSchema,
} from '@starling/protocol/gen/starling/v1/sealed_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { type CheckedCommit, checkCommit } from '@starling/protocol/modules/epochs/sealed/checkCommit'
import { readAmountField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../../app/context.ts'
import { typedEvent } from '../../../app/typedEvent.ts'
import { isRegistered } from '../../actors/view.ts'
import { getParams } from '../../params/view.ts'
import { getEligibleFor } from '../../stake/eligible.ts'
import { payFee } from '../../topics/payFee.ts'
import { admitCommitment } from './admitCommitment.ts'
import { requireSealedTopic } from './requireSealedTopic.ts'
import { requireSealedWindow } from './sealedWindows.ts'

/** `Commit`: binds a worker or reputer to a payload that nobody can read yet. SPEC VT-2 */
export function commit(context: Context, request: CommitRequest): CommitResponse {
  const { state, emit } = context
  const checked = checkCommit(request)
  const { sender, topicId, nonce, role, commitment } = checked
  const topic = requireSealedTopic(state, topicId)
  requireSealedWindow(context, topicId, nonce, role, 'commit')
  requireActor(context, checked)
  payFee(context, sender, topicId, readAmountField('data_sending_fee', getParams(state).dataSendingFee))
  const admitted = admitCommitment(context, { role, topic, nonce, address: sender }, commitment)
  emit(typedEvent(EventCommittedSchema, { topicId, nonce, role, author: sender, commitment, admitted }))
  return create(CommitResponseSchema, { admitted })
}

/** Registered for the role; a reputer also with enough stake that counts for the epoch. */
function requireActor({ state }: Context, { sender: address, topicId, nonce, role: submitter }: CheckedCommit): void {
  const role = submitter === 'reputer' ? 'reputer' : 'worker'
  if (!isRegistered(state, role, topicId, address)) {
    throw emissionsError('NOT_REGISTERED', { address, role, where: `topic ${topicId}` })
  }
  if (role === 'worker') return
  const stake = getEligibleFor(state, topicId, address, nonce)
  const required = readAmountField('required_minimum_stake', getParams(state).requiredMinimumStake)
  if (stake < required) throw emissionsError('INSUFFICIENT_STAKE', { address, stake, required })
}
