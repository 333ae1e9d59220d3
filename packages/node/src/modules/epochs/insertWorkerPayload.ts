import { create, toBinary } from '@bufbuild/protobuf'
import {
  type InsertWorkerPayloadRequest,
  InsertWorkerPayloadRequestSchema,
  type InsertWorkerPayloadResponse,
  InsertWorkerPayloadResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import type { InputForecast, InputInference } from '@starling/protocol/gen/emissions/v10/types_pb'
import { ForecastSchema, InferenceSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { checkWorkerPayload } from '@starling/protocol/modules/epochs/checkWorkerPayload'
import { readInference } from '@starling/protocol/modules/epochs/readInference'
import { readAmountField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { isRegistered } from '../actors/view.ts'
import { getParams } from '../params/view.ts'
import { payFee } from '../topics/payFee.ts'
import { getTopic, type StoredTopic } from '../topics/view.ts'
import { admit } from './admit.ts'
import { announceForecast, announceInference } from './announceWork.ts'
import { readElements } from './readElements.ts'
import { requireSize } from './requireSize.ts'
import { getOpenEpoch, listOpenEpochs, putForecast, putInference } from './view.ts'

/** `InsertWorkerPayload`: a worker's inference, forecast or both for an open epoch. Order of checks: SPEC lifecycle 2.6 */
export function insertWorkerPayload(
  context: Context,
  request: InsertWorkerPayloadRequest,
): InsertWorkerPayloadResponse {
  const { state } = context
  const { sender, worker, topicId, nonce, inference, forecast } = checkWorkerPayload(request)
  const params = getParams(state)
  requireSize(params, toBinary(InsertWorkerPayloadRequestSchema, request))
  const topic = getTopic(state, topicId)
  if (topic === undefined) throw emissionsError('INVALID_TOPIC_ID', { topicId })
  if (topic.policy.sealed !== undefined) throw emissionsError('SEALED_TOPIC', { topicId })
  requireWorkerWindow(context, topicId, nonce)
  if (!isRegistered(state, 'worker', topicId, worker)) {
    throw emissionsError('NOT_REGISTERED', { address: worker, role: 'worker', where: `topic ${topicId}` })
  }
  payFee(context, sender, topicId, readAmountField('data_sending_fee', params.dataSendingFee))
  if (inference !== undefined) insertInference(context, topic, { worker, nonce }, inference)
  if (forecast !== undefined) insertForecast(context, topic, { worker, nonce }, forecast)
  return create(InsertWorkerPayloadResponseSchema)
}

function requireWorkerWindow({ state, height }: Context, topicId: bigint, nonce: bigint): void {
  const epoch = getOpenEpoch(state, topicId, nonce)
  if (epoch === undefined) {
    const open = listOpenEpochs(state, topicId).filter((other) => other.workerClose >= height)
    throw emissionsError('NONCE_NOT_FOUND', { nonce, topicId, open: open.map((other) => other.nonce) })
  }
  const { workerOpen: opened, workerClose: closed } = epoch
  if (height < opened || height > closed) throw emissionsError('WORKER_WINDOW', { nonce, opened, closed, height })
}

type Author = { readonly worker: string; readonly nonce: bigint }

function insertInference(context: Context, topic: StoredTopic, { worker, nonce }: Author, input: InputInference): void {
  const { state } = context
  const values = readInference(topic.policy, input)
  if (admit(state, { role: 'inferer', topic, nonce, address: worker })) {
    putInference(state, { topicId: topic.id, nonce }, create(InferenceSchema, { worker, values: [...values] }))
  }
  announceInference(context, input)
}

function insertForecast(context: Context, topic: StoredTopic, { worker, nonce }: Author, input: InputForecast): void {
  const { state } = context
  const elements = readElements(state, topic, input)
  const forecast = create(ForecastSchema, { forecaster: worker, elements: elements.map((element) => ({ ...element })) })
  const admitted = elements.length > 0 && admit(state, { role: 'forecaster', topic, nonce, address: worker })
  if (admitted) putForecast(state, { topicId: topic.id, nonce }, forecast)
  announceForecast(context, input, elements)
}
