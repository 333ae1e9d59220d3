import {
  EventTopicFeeRevenueDrippedSchema,
  EventTopicWeightUpdatedSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
import { dripRevenue } from '@starling/protocol/modules/topics/dripRevenue'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { inactivate, reactivate } from './activation.ts'
import { currentWeight } from './currentWeight.ts'
import {
  changeWeightSum,
  getDripMark,
  getPreviousWeight,
  getRevenue,
  getTopicStake,
  listBucket,
  requireTopic,
  type StoredTopic,
  setDripMark,
  setPreviousWeight,
  setRevenue,
} from './view.ts'

/** A topic whose next epoch opens in this block. */
export type ChurnedTopic = { readonly topic: StoredTopic; readonly weight: number }

/**
 * Weighs the topics whose epoch opens in this block, lets their revenue drip, and moves them on to their next epoch or
 * out of activity. Returns those that stay, the heaviest first, of equals the lowest id. SPEC lifecycle 3.3 step 3
 */
export function churnTopics(context: Context): readonly ChurnedTopic[] {
  const { state, height } = context
  const least = readDecimal(getParams(state).minTopicWeight)
  const churned = listBucket(state, height).flatMap((id): readonly ChurnedTopic[] => {
    const topic = requireTopic(state, id)
    const weight = reweigh(context, topic)
    drip(context, topic)
    if (weight < least || weight === 0) {
      inactivate(context, id)
      return []
    }
    return reactivate(context, topic) ? [{ topic, weight }] : []
  })
  return churned.toSorted((a, b) => b.weight - a.weight || Number(a.topic.id - b.topic.id))
}

function reweigh({ state, emit }: Context, topic: StoredTopic): number {
  const { id } = topic
  const weight = currentWeight(state, topic)
  changeWeightSum(state, getPreviousWeight(state, id) ?? 0, weight)
  setPreviousWeight(state, id, weight)
  emit(
    typedEvent(EventTopicWeightUpdatedSchema, {
      topicId: id,
      newWeight: formatDecimal(weight),
      topicStake: getTopicStake(state, id).toString(),
      topicFeeRevenue: getRevenue(state, id).toString(),
    }),
  )
  return weight
}

function drip({ state, emit }: Context, { id, base }: StoredTopic): void {
  if (getDripMark(state, id) > base.epochLastEnded) return
  const before = getRevenue(state, id)
  const after = dripRevenue(before, base.epochLength, getParams(state).blocksPerMonth)
  setRevenue(state, id, after)
  setDripMark(state, id, base.epochLastEnded)
  emit(
    typedEvent(EventTopicFeeRevenueDrippedSchema, {
      topicId: id,
      oldRevenue: before.toString(),
      newRevenue: after.toString(),
      dripAmount: (before - after).toString(),
    }),
  )
}
