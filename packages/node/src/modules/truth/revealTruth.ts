import { create, toBinary } from '@bufbuild/protobuf'
import { TruthReportSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { EventTruthSubmittedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import {
  type RevealTruthRequest,
  type RevealTruthResponse,
  RevealTruthResponseSchema,
  TruthPayloadSchema,
} from '@starling/protocol/gen/starling/v1/sealed_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { checkSalt } from '@starling/protocol/modules/epochs/sealed/checkSalt'
import { checkSubmitTruth, readTruth } from '@starling/protocol/modules/truth/checkSubmitTruth'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { openCommitment } from '../epochs/sealed/openCommitment.ts'
import { requireSealedTopic } from '../epochs/sealed/requireSealedTopic.ts'
import { requireSealedWindow } from '../epochs/sealed/sealedWindows.ts'
import { putReport } from '../epochs/view.ts'

/** `RevealTruth`: opens a reputer's commitment. SPEC VT-2, VT-3 */
export function revealTruth(context: Context, request: RevealTruthRequest): RevealTruthResponse {
  const { state, emit } = context
  const { sender, topicId, nonce, payload } = request
  if (payload === undefined)
    throw emissionsError('INVALID_TRUTH', { field: 'payload', expected: 'set', got: 'nothing' })
  checkSubmitTruth({ sender, nonce, ...payload })
  const opening = { bytes: toBinary(TruthPayloadSchema, payload), salt: checkSalt('salt', request.salt) }
  const topic = requireSealedTopic(state, topicId)
  requireSealedWindow(context, topicId, nonce, 'reputer', 'reveal')
  const truth = readTruth(topic.policy, payload)
  openCommitment(context, { role: 'reputer', topic, nonce, address: sender }, opening)
  const what = typeof truth === 'string' ? { label: truth } : { value: truth }
  const { value, label, source, observedAt } = payload
  putReport(state, { topicId, nonce }, create(TruthReportSchema, { reputer: sender, ...what, source, observedAt }))
  emit(typedEvent(EventTruthSubmittedSchema, { topicId, nonce, reputer: sender, value, label }))
  return create(RevealTruthResponseSchema)
}
