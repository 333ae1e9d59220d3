import { fromBinary, type Message } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import {
  type EpochGlance,
  EpochGlanceSchema,
  type EpochRecord,
  EpochRecordSchema,
  type HistoryGlance,
  HistoryGlanceSchema,
  type SharesGlance,
  SharesGlanceSchema,
  type TallyGlance,
  TallyGlanceSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { StateReader } from '../../app/context.ts'
import { type RecordPage, scanRecords } from './view.ts'

const MIB = 1_048_576
/** Bytes of records that one query decodes at most, about a sixth of a second's work. */
const DECODED = 2 * MIB
/** Bytes of records that one query glances over at most. */
const GLANCED = 64 * MIB

/** Records of a page. A page of large ones ends early, but has one of them at least. */
export function readRecords(state: StateReader, topicId: bigint, page: RecordPage): readonly EpochRecord[] {
  return readPage(scanRecords(state, topicId, page), EpochRecordSchema, DECODED)
}

/** What lists show of the records of a page; ends early as `readRecords` does, but much later. */
export function glanceAtRecords(state: StateReader, topicId: bigint, page: RecordPage): readonly EpochGlance[] {
  return readPage(scanRecords(state, topicId, page), EpochGlanceSchema, GLANCED)
}

/** The same in columns of a history. */
export function glanceForHistory(state: StateReader, topicId: bigint, page: RecordPage): readonly HistoryGlance[] {
  return readPage(scanRecords(state, topicId, page), HistoryGlanceSchema, GLANCED)
}

/** The shares in their answers. */
export function glanceAtShares(state: StateReader, topicId: bigint, page: RecordPage): readonly SharesGlance[] {
  return readPage(scanRecords(state, topicId, page), SharesGlanceSchema, GLANCED)
}

/** The same for sums over epochs. */
export function glanceForTally(state: StateReader, topicId: bigint, page: RecordPage): readonly TallyGlance[] {
  return readPage(scanRecords(state, topicId, page), TallyGlanceSchema, GLANCED)
}

function readPage<M extends Message>(records: Iterable<Uint8Array>, schema: GenMessage<M>, budget: number): M[] {
  const page: M[] = []
  let left = budget
  for (const bytes of records) {
    if (page.length > 0 && bytes.length > left) break
    left -= bytes.length
    page.push(fromBinary(schema, bytes, { readUnknownFields: false }))
  }
  return page
}
