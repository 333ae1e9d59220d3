import { EventTopicStatusChangedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { Context, StateReader } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getParams } from '../params/view.ts'
import { currentWeight } from './currentWeight.ts'
import {
  changeWeightSum,
  clearNextEpoch,
  getNextEpoch,
  getPreviousWeight,
  listBucket,
  requireTopic,
  type StoredTopic,
  setNextEpoch,
} from './view.ts'

/** Whether a topic has an epoch to come. */
export function isActive({ state }: Pick<Context, 'state'>, topicId: bigint): boolean {
  return getNextEpoch(state, topicId) !== 0n
}

/** Activates an inactive topic that is heavy enough; one without a place in its block stays inactive. SPEC lifecycle 3.4 */
export function tryActivation(context: Context, topicId: bigint): void {
  if (isActive(context, topicId)) return
  const { state, height } = context
  const topic = requireTopic(state, topicId)
  if (currentWeight(state, topic) < readDecimal(getParams(state).minTopicWeight)) return
  if (takePlace(context, topic, height + topic.base.epochLength)) announceActive(context, topicId)
}

/** Activates an inactive topic where the block of its next epoch has a place that nobody must leave for it. */
export function activateWhereFree(context: Context, { id, base }: StoredTopic): void {
  const { state, height } = context
  const at = height + base.epochLength
  if (listBucket(state, at).length >= placesOf(state)) return
  setNextEpoch(state, id, at)
  announceActive(context, id)
}

function announceActive({ state, emit }: Context, topicId: bigint): void {
  changeWeightSum(state, 0, getPreviousWeight(state, topicId) ?? 0)
  emit(typedEvent(EventTopicStatusChangedSchema, { topicId, isActive: true }))
}

/** Moves an active topic on to its next epoch; one without a place there becomes inactive. Returns whether it got one. */
export function reactivate(context: Context, topic: StoredTopic): boolean {
  const { state, height } = context
  clearNextEpoch(state, topic.id)
  if (takePlace(context, topic, height + topic.base.epochLength)) return true
  changeWeightSum(state, getPreviousWeight(state, topic.id) ?? 0, 0)
  context.emit(typedEvent(EventTopicStatusChangedSchema, { topicId: topic.id, isActive: false }))
  return false
}

/** Takes an active topic's next epoch away. */
export function inactivate(context: Context, topicId: bigint): void {
  const { state, emit } = context
  if (!isActive(context, topicId)) return
  clearNextEpoch(state, topicId)
  changeWeightSum(state, getPreviousWeight(state, topicId) ?? 0, 0)
  emit(typedEvent(EventTopicStatusChangedSchema, { topicId, isActive: false }))
}

/** A place in the bucket of a height; in a full one that of the lightest topic, unless that is heavier. */
function takePlace(context: Context, topic: StoredTopic, at: bigint): boolean {
  const { state } = context
  const others = listBucket(state, at).map((id) => requireTopic(state, id))
  if (others.length >= placesOf(state)) {
    const weighed = others.map((other) => ({ id: other.id, weight: currentWeight(state, other) }))
    const lightest = weighed.reduce((a, b) => (b.weight < a.weight ? b : a))
    if (currentWeight(state, topic) < lightest.weight) return false
    inactivate(context, lightest.id)
  }
  setNextEpoch(state, topic.id, at)
  return true
}

/** Topics whose epochs may open in one block. */
function placesOf(state: StateReader): number {
  return Number(getParams(state).maxActiveTopicsPerBlock)
}
