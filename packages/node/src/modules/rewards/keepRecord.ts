import { create } from '@bufbuild/protobuf'
import { EpochCountsSchema, type EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { State } from '../../app/context.ts'
import { deleteRecord, getEpochCounts, listRecordNonces, putRecord, setEpochCounts } from './view.ts'

/** Records that stay in the state for each topic; the hashes of older ones stay for ever. SPEC GR-3 */
const RECORD_RETENTION = 10_000n

/** Stores a closed epoch's record, counts it, and forgets the oldest beyond the retention. */
export function keepRecord(state: State, record: EpochRecord): void {
  const { topicId, nonce, status, settledHeight } = record
  putRecord(state, record)
  const before = getEpochCounts(state, topicId)
  const counts = create(EpochCountsSchema, {
    settled: before.settled + (status === 'settled' ? 1n : 0n),
    void: before.void + (status === 'void' ? 1n : 0n),
    contested: before.contested + (status === 'contested' ? 1n : 0n),
    lastSettled: status === 'settled' ? nonce : before.lastSettled,
    lastRecord: nonce,
    fullHeight: record.fullState.length > 0 ? settledHeight : before.fullHeight,
  })
  setEpochCounts(state, topicId, counts)
  if (counts.settled + counts.void + counts.contested <= RECORD_RETENTION) return
  const [oldest] = listRecordNonces(state, topicId, { after: 0n, limit: 1 })
  if (oldest !== undefined) deleteRecord(state, topicId, oldest)
}
