import { create, toBinary } from '@bufbuild/protobuf'
import { ForecastSchema, InferenceSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import {
  type RevealWorkRequest,
  RevealWorkRequestSchema,
  type RevealWorkResponse,
  RevealWorkResponseSchema,
} from '@starling/protocol/gen/starling/v1/sealed_pb'
import { readInference } from '@starling/protocol/modules/epochs/readInference'
import { type CheckedReveal, checkRevealWork } from '@starling/protocol/modules/epochs/sealed/checkRevealWork'
import type { Context } from '../../../app/context.ts'
import { getParams } from '../../params/view.ts'
import type { StoredTopic } from '../../topics/view.ts'
import { announceForecast, announceInference } from '../announceWork.ts'
import { readElements } from '../readElements.ts'
import { requireSize } from '../requireSize.ts'
import { putForecast, putInference } from '../view.ts'
import { openCommitment } from './openCommitment.ts'
import { requireSealedTopic } from './requireSealedTopic.ts'
import { requireSealedWindow } from './sealedWindows.ts'

/** `RevealWork`: opens a worker's commitments; what does not fit them or the topic's policy is refused. SPEC VT-2 */
export function revealWork(context: Context, request: RevealWorkRequest): RevealWorkResponse {
  const { state } = context
  const checked = checkRevealWork(request)
  requireSize(getParams(state), toBinary(RevealWorkRequestSchema, request))
  const topic = requireSealedTopic(state, checked.topicId)
  requireSealedWindow(context, checked.topicId, checked.nonce, 'inferer', 'reveal')
  revealInference(context, topic, checked)
  revealForecast(context, topic, checked)
  return create(RevealWorkResponseSchema)
}

function revealInference(
  context: Context,
  topic: StoredTopic,
  { worker, topicId, nonce, inference }: CheckedReveal,
): void {
  if (inference === undefined) return
  const values = readInference(topic.policy, inference.payload)
  openCommitment(context, { role: 'inferer', topic, nonce, address: worker }, inference)
  putInference(context.state, { topicId, nonce }, create(InferenceSchema, { worker, values: [...values] }))
  announceInference(context, inference.payload)
}

/** A forecast of which no element is kept is as good as none; its bond comes back all the same. */
function revealForecast(
  context: Context,
  topic: StoredTopic,
  { worker, topicId, nonce, forecast }: CheckedReveal,
): void {
  if (forecast === undefined) return
  const elements = readElements(context.state, topic, forecast.payload)
  openCommitment(context, { role: 'forecaster', topic, nonce, address: worker }, forecast)
  const kept = create(ForecastSchema, { forecaster: worker, elements: elements.map((element) => ({ ...element })) })
  if (elements.length > 0) putForecast(context.state, { topicId, nonce }, kept)
  announceForecast(context, forecast.payload, elements)
}
