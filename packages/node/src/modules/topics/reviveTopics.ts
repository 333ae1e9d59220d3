import { EventTopicWeightUpdatedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { activateWhereFree, isActive } from './activation.ts'
import { currentWeight, steadyWeight } from './currentWeight.ts'
import { getNextTopicId, getRevenue, getTopicStake, requireTopic, type StoredTopic, setPreviousWeight } from './view.ts'

/** Topics looked at in one block. */
const LOOKED_AT = 8n

/**
 * Looks at some inactive topics, all of them in turn: one that is heavy enough becomes active where its block has a free
 * place, although nobody pays or stakes. Its weight may have grown by a reward, the least may have been lowered, or it
 * goes on towards the steady one, once an epoch length, as that of an active topic does.
 */
export function reviveTopics(context: Context): void {
  const { state, height } = context
  const topics = getNextTopicId(state) - 1n
  if (topics === 0n) return
  const round = (topics + LOOKED_AT - 1n) / LOOKED_AT
  const first = (height % round) * LOOKED_AT + 1n
  for (let id = first; id < first + LOOKED_AT && id <= topics; id++) {
    if (!isActive(context, id)) revive(context, requireTopic(state, id), round)
  }
}

/** The last look at the topic was `round` blocks ago. */
function revive(context: Context, topic: StoredTopic, round: bigint): void {
  const { state, height } = context
  const { epochLength } = topic.base
  const least = readDecimal(getParams(state).minTopicWeight)
  const weight = currentWeight(state, topic)
  if (weight >= least && weight > 0) {
    activateWhereFree(context, topic)
    return
  }
  const isNewEpoch = height / epochLength !== (height - round) / epochLength
  if (isNewEpoch && weight > 0 && steadyWeight(state, topic) >= least) approach(context, topic, weight)
}

/** Stores the weight that an inactive topic has come to. */
function approach({ state, emit }: Context, { id }: StoredTopic, weight: number): void {
  setPreviousWeight(state, id, weight)
  emit(
    typedEvent(EventTopicWeightUpdatedSchema, {
      topicId: id,
      newWeight: formatDecimal(weight),
      topicStake: getTopicStake(state, id).toString(),
      topicFeeRevenue: getRevenue(state, id).toString(),
    }),
  )
}
