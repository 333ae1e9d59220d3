import { create, fromBinary } from '@bufbuild/protobuf'
import type { Topic as BaseTopic } from '@starling/protocol/gen/emissions/v10/types_pb'
import { type Topic, TopicSchema } from '@starling/protocol/gen/starling/v1/topics_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { topicsKeys } from '@starling/protocol/modules/topics/keys'
import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import { readWhole } from '@starling/protocol/num/readWhole'
import { flushTiny } from '@starling/protocol/scoring/flushTiny'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { State, StateReader } from '../../app/context.ts'
import { createMemo } from '../../store/createMemo.ts'
import { getNumber, getWhole, listLastParts, putMark, putMessage, putNumber, putWhole } from '../../store/values.ts'

/** A stored topic with its parts at hand. */
export type StoredTopic = {
  readonly id: bigint
  readonly name: string
  readonly base: BaseTopic
  readonly policy: TopicPolicy
  /** The record as stored. */
  readonly record: Topic
}

/** The topic, or the reference's refusal that there is none. */
export function requireTopic(state: StateReader, id: bigint): StoredTopic {
  const topic = getTopic(state, id)
  if (topic === undefined) throw emissionsError('TOPIC_DOES_NOT_EXIST', { topicId: id })
  return topic
}

/** The topic; undefined where there is none. */
export function getTopic(state: StateReader, id: bigint): StoredTopic | undefined {
  const bytes = state.store('topics').get(topicsKeys.topic(id))
  return bytes === undefined ? undefined : decodeTopic(id.toString(), bytes)
}

const decodeTopic = createMemo((bytes) => toStored(fromBinary(TopicSchema, bytes)), 256)

function toStored(record: Topic): StoredTopic {
  const { base, policy, name } = record
  if (base === undefined || policy === undefined) throw new Error(`topic "${name}" is stored without its parts`)
  return { id: base.id, name, base, policy: parsePolicy(policy), record }
}

/** Stores a topic's own fields; id, name and policy never change. */
export function setBaseTopic(state: State, { id, record }: StoredTopic, base: BaseTopic): void {
  putMessage(state.store('topics'), TopicSchema, topicsKeys.topic(id), create(TopicSchema, { ...record, base }))
}

/** Stores a new topic and returns its id, the next free one from 1 on. */
export function addTopic(state: State, makeRecord: (id: bigint) => Topic): bigint {
  const store = state.store('topics')
  const id = getNextTopicId(state)
  putMessage(store, TopicSchema, topicsKeys.topic(id), makeRecord(id))
  putWhole(store, topicsKeys.nextId(), id + 1n)
  return id
}

/** The id that the next topic gets. */
export function getNextTopicId(state: StateReader): bigint {
  const next = getWhole(state.store('topics'), topicsKeys.nextId())
  return next === 0n ? 1n : next
}

/** Topics with an id above `after`, at most `limit`. */
export function listTopics(state: StateReader, after: bigint, limit: number): readonly StoredTopic[] {
  const store = state.store('topics')
  const start = topicsKeys.topic(after + 1n)
  const ids = [...listLastParts(store, topicsKeys.topics(), { start, limit })].map(readWhole)
  return ids.map((id) => requireTopic(state, id))
}

/** Effective revenue in uallo. */
export function getRevenue(state: StateReader, id: bigint): bigint {
  return getWhole(state.store('topics'), topicsKeys.revenue(id))
}

export function setRevenue(state: State, id: bigint, revenue: bigint): void {
  putWhole(state.store('topics'), topicsKeys.revenue(id), revenue)
}

/** Own and delegated stake of all reputers, in uallo. */
export function getTopicStake(state: StateReader, id: bigint): bigint {
  return getWhole(state.store('topics'), topicsKeys.stake(id))
}

export function setTopicStake(state: State, id: bigint, stake: bigint): void {
  if (stake < 0n) throw new Error(`the stake of topic ${id} would be ${stake}`)
  putWhole(state.store('topics'), topicsKeys.stake(id), stake)
}

/** Weight at the last churn; undefined before the first. */
export function getPreviousWeight(state: StateReader, id: bigint): number | undefined {
  return getNumber(state.store('topics'), topicsKeys.weight(id))
}

export function setPreviousWeight(state: State, id: bigint, weight: number): void {
  putNumber(state.store('topics'), topicsKeys.weight(id), flushTiny(weight))
}

/** Weights are summed in whole millionths, so that what was added is taken away exactly, however heavy another topic is. */
const MILLIONTHS = 1_000_000

/** Sum of the previous weights of active topics. */
export function getWeightSum(state: StateReader): number {
  return Number(getWhole(state.store('topics'), topicsKeys.weightSum())) / MILLIONTHS
}

/** Replaces one topic's part in the sum of weights; 0 where it has none. */
export function changeWeightSum(state: State, from: number, to: number): void {
  const store = state.store('topics')
  const sum = getWhole(store, topicsKeys.weightSum()) - inMillionths(from) + inMillionths(to)
  if (sum < 0n) throw new Error(`the sum of weights would be ${sum}`)
  putWhole(store, topicsKeys.weightSum(), sum)
}

function inMillionths(weight: number): bigint {
  return BigInt(Math.floor(weight * MILLIONTHS))
}

export function getDripMark(state: StateReader, id: bigint): bigint {
  return getWhole(state.store('topics'), topicsKeys.drip(id))
}

export function setDripMark(state: State, id: bigint, height: bigint): void {
  putWhole(state.store('topics'), topicsKeys.drip(id), height)
}

/** Height at which the next epoch of an active topic opens; 0 while it is inactive. */
export function getNextEpoch(state: StateReader, id: bigint): bigint {
  return getWhole(state.store('topics'), topicsKeys.nextEpoch(id))
}

/** Puts an active topic into the bucket of a height. */
export function setNextEpoch(state: State, id: bigint, height: bigint): void {
  const store = state.store('topics')
  putWhole(store, topicsKeys.nextEpoch(id), height)
  putMark(store, topicsKeys.bucket(height, id))
}

/** Takes a topic out of the bucket it is in. */
export function clearNextEpoch(state: State, id: bigint): void {
  const store = state.store('topics')
  store.delete(topicsKeys.bucket(getNextEpoch(state, id), id))
  store.delete(topicsKeys.nextEpoch(id))
}

/** Topics whose next epoch opens at a height, by id. */
export function listBucket(state: StateReader, height: bigint): readonly bigint[] {
  return [...listLastParts(state.store('topics'), topicsKeys.bucketOf(height))].map(readWhole)
}

/** Nonce of a topic's first epoch; 0 before it. */
export function getFirstNonce(state: StateReader, id: bigint): bigint {
  return getWhole(state.store('topics'), topicsKeys.firstNonce(id))
}

export function setFirstNonce(state: State, id: bigint, nonce: bigint): void {
  putWhole(state.store('topics'), topicsKeys.firstNonce(id), nonce)
}
