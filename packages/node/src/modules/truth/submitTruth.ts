import { create } from '@bufbuild/protobuf'
import { TruthReportSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { EventTruthSubmittedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import {
  type SubmitTruthRequest,
  type SubmitTruthResponse,
  SubmitTruthResponseSchema,
} from '@starling/protocol/gen/starling/v1/topics_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAmountField } from '@starling/protocol/modules/readFields'
import { checkSubmitTruth, readTruth } from '@starling/protocol/modules/truth/checkSubmitTruth'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { isRegistered } from '../actors/view.ts'
import { admit } from '../epochs/admit.ts'
import { getOpenEpoch, listOpenEpochs, putReport } from '../epochs/view.ts'
import { getParams } from '../params/view.ts'
import { getEligibleFor } from '../stake/eligible.ts'
import { payFee } from '../topics/payFee.ts'
import { getTopic } from '../topics/view.ts'

/** `SubmitTruth`: a reputer attests what really happened. Checks in the order of a reputer's payload: SPEC lifecycle 2.6, VT-3 */
export function submitTruth(context: Context, request: SubmitTruthRequest): SubmitTruthResponse {
  const { state, emit } = context
  checkSubmitTruth(request)
  const { sender: reputer, topicId, nonce, source, observedAt } = request
  const topic = getTopic(state, topicId)
  if (topic === undefined) throw emissionsError('INVALID_TOPIC_ID', { topicId })
  if (topic.policy.sealed !== undefined) throw emissionsError('SEALED_TOPIC', { topicId })
  requireTruthWindow(context, topicId, nonce)
  if (!isRegistered(state, 'reputer', topicId, reputer)) {
    throw emissionsError('NOT_REGISTERED', { address: reputer, role: 'reputer', where: `topic ${topicId}` })
  }
  const truth = readTruth(topic.policy, request)
  const params = getParams(state)
  const stake = getEligibleFor(state, topicId, reputer, nonce)
  const required = readAmountField('required_minimum_stake', params.requiredMinimumStake)
  if (stake < required) throw emissionsError('INSUFFICIENT_STAKE', { address: reputer, stake, required })
  payFee(context, reputer, topicId, readAmountField('data_sending_fee', params.dataSendingFee))
  if (admit(state, { role: 'reputer', topic, nonce, address: reputer })) {
    const what = typeof truth === 'string' ? { label: truth } : { value: truth }
    putReport(state, { topicId, nonce }, create(TruthReportSchema, { reputer, ...what, source, observedAt }))
  }
  const { value, label } = request
  emit(typedEvent(EventTruthSubmittedSchema, { topicId, nonce, reputer, value, label }))
  return create(SubmitTruthResponseSchema)
}

function requireTruthWindow({ state, height }: Context, topicId: bigint, nonce: bigint): void {
  const epoch = getOpenEpoch(state, topicId, nonce)
  if (epoch === undefined) {
    const open = listOpenEpochs(state, topicId).filter(({ truthOpen }) => truthOpen <= height)
    throw emissionsError('NONCE_NOT_FOUND', { nonce, topicId, open: open.map((other) => other.nonce) })
  }
  const { workerClose, truthOpen: opened, truthClose: closed } = epoch
  if (height <= workerClose) throw emissionsError('NONCE_STILL_UNFULFILLED', { nonce, opens: opened, height })
  if (height < opened || height > closed) throw emissionsError('REPUTER_WINDOW', { nonce, opened, closed, height })
}
