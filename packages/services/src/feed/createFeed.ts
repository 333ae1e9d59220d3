import type { Day } from './Day.ts'
import { type FeedTopic, type FeedTopicName, feedTopics } from './feedTopics.ts'
import { isFall, rangeVolatility, returnPercent, trendOf } from './outcomes.ts'
import { SP500_SOURCE } from './readSp500.ts'

/** Index of the day on which epoch 0 predicts, and the number of days a feed shows. */
export const FIRST_DAY = 750

/** The newest days as columns, oldest first; the last entry is the epoch's own day. */
export type FeedData = {
  readonly dates: readonly string[]
  readonly open: readonly number[]
  readonly high: readonly number[]
  readonly low: readonly number[]
  readonly close: readonly number[]
  readonly volume: readonly number[]
}

/** What happened: a number (1 or 0 for an event) or a label, with its source and the day it happened on. */
export type FeedTruth = { readonly value: number | string; readonly source: string; readonly date: string }

/** Market data by epoch: what was known on its day, and what the next day brought. */
export type Feed = {
  readonly source: string
  readonly topics: readonly FeedTopic[]
  /** Number of epochs with a truth, counted from 0. */
  readonly epochs: number
  /** The days up to the epoch's day and nothing later. */
  readonly dataFor: (topic: string, epochIndex: number) => FeedData
  readonly truthFor: (topic: string, epochIndex: number) => FeedTruth
}

/** A feed over trading days in ascending order. Epoch e predicts, on day `FIRST_DAY + e`, the day after. */
export function createFeed(days: readonly Day[], source: string = SP500_SOURCE): Feed {
  const epochs = Math.max(0, days.length - FIRST_DAY - 1)
  const check = (topic: string, epochIndex: number): FeedTopicName => {
    if (!Number.isInteger(epochIndex) || epochIndex < 0 || epochIndex >= epochs) {
      throw new RangeError(`no epoch ${epochIndex}: the feed has ${epochs}`)
    }
    return topicNamed(topic)
  }
  return {
    source,
    topics: feedTopics,
    epochs,
    dataFor: (topic, epochIndex) => {
      check(topic, epochIndex)
      return toColumns(days.slice(epochIndex + 1, FIRST_DAY + epochIndex + 1))
    },
    truthFor: (topic, epochIndex) => {
      const name = check(topic, epochIndex)
      const today = dayAt(days, FIRST_DAY + epochIndex)
      const next = dayAt(days, FIRST_DAY + epochIndex + 1)
      return { value: outcome(name, today, next), source, date: next.date }
    },
  }
}

function topicNamed(name: string): FeedTopicName {
  const topic = feedTopics.find((candidate) => candidate.name === name)
  if (topic === undefined) throw new RangeError(`no topic ${name}`)
  return topic.name
}

function dayAt(days: readonly Day[], index: number): Day {
  const day = days[index]
  if (day === undefined) throw new RangeError(`no day ${index}`)
  return day
}

function toColumns(days: readonly Day[]): FeedData {
  return {
    dates: days.map((day) => day.date),
    open: days.map((day) => day.open),
    high: days.map((day) => day.high),
    low: days.map((day) => day.low),
    close: days.map((day) => day.close),
    volume: days.map((day) => day.volume),
  }
}

function outcome(topic: FeedTopicName, today: Day, next: Day): number | string {
  const change = returnPercent(today.close, next.close)
  if (topic === 'volatility') return rangeVolatility(next)
  return topic === 'risk' ? Number(isFall(change)) : trendOf(change)
}
