import type { Forecast, Inference } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { QueryError } from '../../app/queryError.ts'
import { getOpenEpoch, getSubmissions } from '../epochs/view.ts'
import type { TopicContext } from '../topics/topicQuery.ts'
import { getRecord } from './view.ts'

/** What the workers of an epoch submitted, each in address order. */
export type Work = { readonly inferences: readonly Inference[]; readonly forecasts: readonly Forecast[] }

/** The work of a nonce once its window has closed: before, a better worker may still take a worse one's place. */
export function findWork({ state, height, topic }: TopicContext, nonce: bigint): Work {
  const record = getRecord(state, topic.id, nonce)
  if (record !== undefined) return record
  const epoch = getOpenEpoch(state, topic.id, nonce)
  if (epoch === undefined) throw new QueryError('NOT_FOUND', `topic ${topic.id} has no record of an epoch ${nonce}`)
  if (epoch.workerClose > height) {
    const sentence = `the worker window of nonce ${nonce} is open until block ${epoch.workerClose}; ask again then`
    throw new QueryError('NOT_FOUND', sentence)
  }
  return getSubmissions(state, { topicId: topic.id, nonce })
}
