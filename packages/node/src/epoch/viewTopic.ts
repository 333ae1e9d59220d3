import { create } from '@bufbuild/protobuf'
import { type TopicView, TopicViewSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import type { StateReader } from '../app/context.ts'
import { countMembers } from '../modules/actors/view.ts'
import { getEpochCounts } from '../modules/rewards/view.ts'
import { getLatestAnswer } from '../modules/synthesis/view.ts'
import { currentWeight } from '../modules/topics/currentWeight.ts'
import { getFirstNonce, getNextEpoch, getRevenue, getTopicStake, type StoredTopic } from '../modules/topics/view.ts'

/** A topic with what the chain knows about it now. */
export function viewTopic(state: StateReader, topic: StoredTopic): TopicView {
  const { id, base, record } = topic
  const counts = getEpochCounts(state, id)
  const nextEpoch = getNextEpoch(state, id)
  return create(TopicViewSchema, {
    topic: record,
    weight: formatDecimal(currentWeight(state, topic)),
    effectiveRevenue: getRevenue(state, id).toString(),
    stake: getTopicStake(state, id).toString(),
    active: nextEpoch !== 0n,
    firstNonce: getFirstNonce(state, id),
    newestNonce: base.epochLastEnded,
    nextEpoch,
    workers: countMembers(state, 'worker', id),
    reputers: countMembers(state, 'reputer', id),
    settledEpochs: counts.settled,
    voidEpochs: counts.void,
    contestedEpochs: counts.contested,
    lastSettled: counts.lastSettled,
    lastAnswered: getLatestAnswer(state, id)?.nonce ?? 0n,
  })
}
