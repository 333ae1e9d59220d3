import { create } from '@bufbuild/protobuf'
import type { EpochGlance, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import * as q from '@starling/protocol/gen/starling/v1/query_pb'
import type { StateReader } from '../app/context.ts'
import { readLimit } from '../app/pages.ts'
import { type Query, query } from '../app/query.ts'
import { QueryError } from '../app/queryError.ts'
import { readAddress } from '../app/readAddress.ts'
import { listMembers } from '../modules/actors/view.ts'
import { listOpenEpochs } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import { findAnswer } from '../modules/rewards/findNetwork.ts'
import { findNewestSettled, findRecord } from '../modules/rewards/findRecord.ts'
import { glanceAtRecords, readRecords } from '../modules/rewards/readRecords.ts'
import type { RecordPage } from '../modules/rewards/view.ts'
import { readScoring } from '../modules/synthesis/readScoring.ts'
import { listAnswers } from '../modules/synthesis/view.ts'
import { findTopic } from '../modules/topics/findTopic.ts'
import { listTopics } from '../modules/topics/view.ts'
import { viewActor } from './viewActor.ts'
import { viewCalibration } from './viewCalibration.ts'
import { viewContributors } from './viewContributors.ts'
import { viewHistory } from './viewHistory.ts'
import { viewResult } from './viewResult.ts'
import { viewTally } from './viewTally.ts'
import { viewTopic } from './viewTopic.ts'

/** Settled truths that a model is shown at most. */
const TRUTHS = 256n
/** Answers of a page: one is some hundred bytes. */
const ANSWERS = 256n
/** Epochs of a page: a record is some kilobytes. */
const RECORDS = 64n

/** Epochs of a page of a history: one is some hundred bytes. */
const HISTORY = 1024n
/** Records that are summed at once: some hundredths of a second. */
const TALLIED = 256n

/** What programs ask about topics and their epochs. */
export const epochQueries: readonly Query[] = [
  query({
    grpc: '/starling.v1.Query/GetTopics',
    rest: '/starling/v1/topics',
    request: q.GetTopicsRequestSchema,
    response: q.GetTopicsResponseSchema,
    run: ({ state }, { after, limit }) => {
      const topics = listTopics(state, after, readLimit(limit, getParams(state)))
      return create(q.GetTopicsResponseSchema, { topics: topics.map((topic) => viewTopic(state, topic)) })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetTopic',
    rest: '/starling/v1/topics/{topic_id}',
    request: q.GetTopicRequestSchema,
    response: q.GetTopicResponseSchema,
    run: ({ state }, { topicId }) =>
      create(q.GetTopicResponseSchema, { topic: viewTopic(state, findTopic(state, topicId)) }),
  }),
  query({
    grpc: '/starling.v1.Query/GetWindows',
    rest: '/starling/v1/topics/{topic_id}/windows',
    request: q.GetWindowsRequestSchema,
    response: q.GetWindowsResponseSchema,
    run: ({ state, height }, { topicId }) => {
      findTopic(state, topicId)
      return create(q.GetWindowsResponseSchema, { height, epochs: [...listOpenEpochs(state, topicId)] })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetAnswer',
    rest: '/starling/v1/topics/{topic_id}/answer',
    request: q.GetAnswerRequestSchema,
    response: q.GetAnswerResponseSchema,
    run: ({ state, height }, { topicId, nonce }) => {
      findTopic(state, topicId)
      const answer = findAnswer(state, topicId, nonce === 0n ? undefined : nonce)
      return create(q.GetAnswerResponseSchema, { answer, height })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetAnswers',
    rest: '/starling/v1/topics/{topic_id}/answers',
    request: q.GetAnswersRequestSchema,
    response: q.GetAnswersResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      const page = { after, limit: pageOf(limit, ANSWERS, ANSWERS) }
      return create(q.GetAnswersResponseSchema, { answers: [...listAnswers(state, topicId, page)] })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetEpoch',
    rest: '/starling/v1/topics/{topic_id}/epochs/{nonce}',
    request: q.GetEpochRequestSchema,
    response: q.GetEpochResponseSchema,
    run: ({ state }, { topicId, nonce }) =>
      create(q.GetEpochResponseSchema, { epoch: recordOf(state, topicId, nonce) }),
  }),
  query({
    grpc: '/starling.v1.Query/GetEpochs',
    rest: '/starling/v1/topics/{topic_id}/epochs',
    request: q.GetEpochsRequestSchema,
    response: q.GetEpochsResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      const page = { after, limit: pageOf(limit, RECORDS, RECORDS) }
      return create(q.GetEpochsResponseSchema, { epochs: [...readRecords(state, topicId, page)] })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetTruths',
    rest: '/starling/v1/topics/{topic_id}/truths',
    request: q.GetTruthsRequestSchema,
    response: q.GetTruthsResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      const truths = newestSettled(state, topicId, { after, limit: pageOf(limit, TRUTHS, TRUTHS) })
      return create(q.GetTruthsResponseSchema, {
        truths: truths.map(({ nonce, truth, truthLabel }) => ({ nonce, value: truth ?? 0, label: truthLabel })),
      })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetLosses',
    rest: '/starling/v1/topics/{topic_id}/losses',
    request: q.GetLossesRequestSchema,
    response: q.GetLossesResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      const settled = newestSettled(state, topicId, { after, limit: pageOf(limit, TRUTHS, TRUTHS) })
      const epochs = settled.flatMap(({ nonce, losses }) => {
        if (losses === undefined) return []
        const { combined, naive, inferers, forecasters } = losses
        return [{ nonce, combined, naive, inferers, forecasters }]
      })
      return create(q.GetLossesResponseSchema, { epochs })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetHistory',
    rest: '/starling/v1/topics/{topic_id}/history',
    request: q.GetHistoryRequestSchema,
    response: q.GetHistoryResponseSchema,
    run: ({ state }, { topicId, after, until, limit, shares }) => {
      const range = rangeOf({ after, until, limit: pageOf(limit, HISTORY, HISTORY) })
      return viewHistory(state, findTopic(state, topicId), range, shares)
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetTally',
    rest: '/starling/v1/topics/{topic_id}/tally',
    request: q.GetTallyRequestSchema,
    response: q.GetTallyResponseSchema,
    run: ({ state }, { topicId, after, until, limit }) =>
      viewTally(state, findTopic(state, topicId), rangeOf({ after, until, limit: pageOf(limit, TALLIED, TALLIED) })),
  }),
  query({
    grpc: '/starling.v1.Query/GetResult',
    rest: '/starling/v1/topics/{topic_id}/results/{address}',
    request: q.GetResultRequestSchema,
    response: q.GetResultResponseSchema,
    run: ({ state }, { topicId, nonce, address }) =>
      viewResult(recordOf(state, topicId, nonce), readAddress('address', address), readScoring(state, topicId)),
  }),
  query({
    grpc: '/starling.v1.Query/GetCalibration',
    rest: '/starling/v1/topics/{topic_id}/calibration',
    request: q.GetCalibrationRequestSchema,
    response: q.GetCalibrationResponseSchema,
    run: ({ state }, { topicId }) => viewCalibration(state, findTopic(state, topicId)),
  }),
  query({
    grpc: '/starling.v1.Query/GetContributors',
    rest: '/starling/v1/topics/{topic_id}/contributors',
    request: q.GetContributorsRequestSchema,
    response: q.GetContributorsResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      return viewContributors(state, topicId, { after, limit: readLimit(limit, getParams(state)) })
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetActor',
    rest: '/starling/v1/topics/{topic_id}/actors/{address}',
    request: q.GetActorRequestSchema,
    response: q.GetActorResponseSchema,
    run: ({ state }, { topicId, address }) => {
      findTopic(state, topicId)
      return viewActor(state, topicId, readAddress('address', address))
    },
  }),
  query({
    grpc: '/starling.v1.Query/GetWorkers',
    rest: '/starling/v1/topics/{topic_id}/workers',
    request: q.GetWorkersRequestSchema,
    response: q.GetWorkersResponseSchema,
    run: ({ state }, { topicId, after, limit }) => {
      findTopic(state, topicId)
      const page = { after, limit: readLimit(limit, getParams(state)) }
      return create(q.GetWorkersResponseSchema, { addresses: [...listMembers(state, 'worker', topicId, page)] })
    },
  }),
]

/** The record of a nonce; 0 stands for the newest settled epoch. */
function recordOf(state: StateReader, topicId: bigint, nonce: bigint): EpochRecord {
  findTopic(state, topicId)
  return nonce === 0n ? findNewestSettled(state, topicId) : findRecord(state, topicId, nonce)
}

function pageOf(limit: bigint, fallback: bigint, largest: bigint): number {
  if (limit > largest) throw new QueryError('INVALID_ARGUMENT', `limit must be at most ${largest}, got ${limit}`)
  return Number(limit === 0n ? fallback : limit)
}

/** Closed epochs of a range, oldest first. */
function rangeOf({ after, until, limit }: { after: bigint; until: bigint; limit: number }): RecordPage {
  return { after, limit, ...(until === 0n ? {} : { until }) }
}

/** The newest settled epochs above a nonce, oldest first. */
function newestSettled(
  state: StateReader,
  topicId: bigint,
  page: { readonly after: bigint; readonly limit: number },
): readonly EpochGlance[] {
  const newest = glanceAtRecords(state, topicId, { ...page, newest: true })
  return newest.filter(({ status }) => status === 'settled').toReversed()
}
