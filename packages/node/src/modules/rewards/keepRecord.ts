import { create } from '@bufbuild/protobuf'
import { EpochCountsSchema, type EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { State } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { deleteRecord, getEpochCounts, listRecordNonces, putRecord, setEpochCounts } from './view.ts'

/** Records that leave with one that comes, at most: after the retention was lowered a topic's old ones go bit by bit. */
const MOST_FORGOTTEN = 4n

/** Stores a closed epoch's record, counts it, and forgets the oldest beyond the retention; all hashes stay. SPEC GR-3 */
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
    kept: before.kept + 1n - forgetOldest(state, topicId, before.kept + 1n),
  })
  setEpochCounts(state, topicId, counts)
}

/** Forgets of a topic's so many records what is beyond the retention, and returns how many that were. */
function forgetOldest(state: State, topicId: bigint, kept: bigint): bigint {
  const beyond = kept - getParams(state).recordRetention
  if (beyond <= 0n) return 0n
  const going = beyond < MOST_FORGOTTEN ? beyond : MOST_FORGOTTEN
  for (const nonce of listRecordNonces(state, topicId, { after: 0n, limit: Number(going) })) {
    deleteRecord(state, topicId, nonce)
  }
  return going
}
