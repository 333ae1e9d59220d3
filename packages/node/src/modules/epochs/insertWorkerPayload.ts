import { create, toBinary } from '@bufbuild/protobuf'
import {
  EventInsertForecasterPayloadSchema,
  EventInsertInfererPayloadSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
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
import { readForecast } from '@starling/protocol/modules/epochs/readForecast'
import { readInference } from '@starling/protocol/modules/epochs/readInference'
import { readAmountField } from '@starling/protocol/modules/readFields'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { Context, StateReader } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { isRegistered } from '../actors/view.ts'
import { getParams } from '../params/view.ts'
import { payFee } from '../topics/payFee.ts'
import { getTopic, type StoredTopic } from '../topics/view.ts'
import { admit } from './admit.ts'
import { getInitialMerit, getMerit, getOpenEpoch, listOpenEpochs, putForecast, putInference } from './view.ts'

/** `InsertWorkerPayload`: a worker's inference, forecast or both for an open epoch. Order of checks: SPEC lifecycle 2.6 */
export function insertWorkerPayload(
  context: Context,
  request: InsertWorkerPayloadRequest,
): InsertWorkerPayloadResponse {
  const { state } = context
  const { sender, worker, topicId, nonce, inference, forecast } = checkWorkerPayload(request)
  const params = getParams(state)
  const limit = Number(params.maxSerializedMsgLength)
  const size = toBinary(InsertWorkerPayloadRequestSchema, request).length
  if (size > limit) throw emissionsError('TOO_LARGE', { what: 'the payload', size, limit })
  const topic = getTopic(state, topicId)
  if (topic === undefined) throw emissionsError('INVALID_TOPIC_ID', { topicId })
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
  const { state, emit } = context
  const values = readInference(topic.policy, input)
  if (admit(state, { role: 'inferer', topic, nonce, address: worker })) {
    putInference(state, { topicId: topic.id, nonce }, create(InferenceSchema, { worker, values: [...values] }))
  }
  const { value, values: named, extraData } = input
  emit(
    typedEvent(EventInsertInfererPayloadSchema, {
      inferer: worker,
      nonce,
      topicId: topic.id,
      value,
      values: named,
      extraData,
    }),
  )
}

function insertForecast(context: Context, topic: StoredTopic, { worker, nonce }: Author, input: InputForecast): void {
  const { state, emit } = context
  const most = Number(getParams(state).maxElementsPerForecast)
  const elements = readForecast(input, (inferer) => meritOf(state, topic.id, inferer), most)
  const forecast = create(ForecastSchema, { forecaster: worker, elements: elements.map((element) => ({ ...element })) })
  const admitted = elements.length > 0 && admit(state, { role: 'forecaster', topic, nonce, address: worker })
  if (admitted) putForecast(state, { topicId: topic.id, nonce }, forecast)
  emit(
    typedEvent(EventInsertForecasterPayloadSchema, {
      forecaster: worker,
      nonce,
      topicId: topic.id,
      infererAddresses: elements.map(({ inferer }) => inferer),
      infererValues: elements.map(({ value }) => formatDecimal(value)),
      extraData: input.extraData,
    }),
  )
}

/** An inferer's merit; undefined for somebody who is no worker of the topic. */
function meritOf(state: StateReader, topicId: bigint, inferer: string): number | undefined {
  if (!isRegistered(state, 'worker', topicId, inferer)) return undefined
  const merit = getMerit(state, 'inferer', topicId, inferer)
  return merit === undefined ? getInitialMerit(state, 'inferer', topicId) : readDecimal(merit.score)
}
