import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { StateReader } from '../../app/context.ts'
import { QueryError } from '../../app/queryError.ts'
import { getOpenEpoch } from '../epochs/view.ts'
import { getEpochCounts, getRecord } from './view.ts'

/** The record of a nonce of a topic that exists, or the `QueryError` that says why there is none. */
export function findRecord(state: StateReader, topicId: bigint, nonce: bigint): EpochRecord {
  const record = getRecord(state, topicId, nonce)
  if (record !== undefined) return record
  const open = getOpenEpoch(state, topicId, nonce)
  const why = open === undefined ? '' : `; the epoch is open, it is settled at block ${open.truthClose}`
  throw new QueryError('NOT_FOUND', `topic ${topicId} has no record of an epoch ${nonce}${why}`)
}

/** The record of a topic's newest settled epoch, or the `QueryError` that there is none. */
export function findNewestSettled(state: StateReader, topicId: bigint): EpochRecord {
  const { lastSettled } = getEpochCounts(state, topicId)
  if (lastSettled === 0n) throw new QueryError('NOT_FOUND', `topic ${topicId} has no settled epoch yet`)
  return findRecord(state, topicId, lastSettled)
}
