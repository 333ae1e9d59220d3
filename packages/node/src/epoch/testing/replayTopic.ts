import { toBinary } from '@bufbuild/protobuf'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { isFoothold, replayEpochs } from '@starling/protocol/replay/replayEpochs'
import type { ServedRecord, VerifiedEpoch } from '@starling/protocol/replay/types'
import type { StateReader } from '../../app/context.ts'
import { getRecord, getRecordHash, listRecordNonces } from '../../modules/rewards/view.ts'
import { getAnswer } from '../../modules/synthesis/view.ts'
import { requireTopic } from '../../modules/topics/view.ts'

/** A topic's records as they are stored, oldest first. */
export function listServed(state: StateReader, topicId: bigint): readonly ServedRecord[] {
  return listRecordNonces(state, topicId, { after: 0n, limit: 10_000 }).map((nonce) => {
    const record = getRecord(state, topicId, nonce)
    if (record === undefined) throw new Error(`no record of ${nonce}`)
    return {
      record,
      bytes: toBinary(EpochRecordSchema, record),
      hash: getRecordHash(state, topicId, nonce),
      answer: getAnswer(state, topicId, nonce),
    }
  })
}

/** Replays all records of a topic, and again from each record that holds the full state up to the next one. */
export function replayTopic(state: StateReader, topicId: bigint): readonly VerifiedEpoch[] {
  const topic = { id: topicId, policy: requireTopic(state, topicId).policy }
  const served = listServed(state, topicId)
  const feet = served.flatMap((one, i) => (isFoothold(one) ? [i] : []))
  const legs = feet.map((from, k) => replayEpochs(topic, served.slice(from, (feet[k + 1] ?? served.length) + 1)))
  return [...replayEpochs(topic, served), ...legs.flat()]
}
