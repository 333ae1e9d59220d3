import { ln } from '@starling/protocol/num/exp'
import type { FeedData } from '../feed/createFeed.ts'
import { rangeVolatility, returnPercent } from '../feed/outcomes.ts'
import { at } from './at.ts'

const LOWEST_RANGE = 0.05
const FEWEST_DAYS = 250

/** The first day on which `month` covers a whole month. */
export const FIRST_FULL_DAY = 21

/** What the models read out of a feed's data; all columns have one entry per day, oldest first. */
export type Series = {
  readonly length: number
  /** Range volatility in percent. */
  readonly range: readonly number[]
  readonly logRange: readonly number[]
  /** Mean log range of the last 5 and 22 days. */
  readonly week: readonly number[]
  readonly month: readonly number[]
  /** Close-to-close return in percent; the first day's is 0. */
  readonly returns: readonly number[]
  readonly logVolume: readonly number[]
}

const known = new WeakMap<object, Series>()

/** The series of a feed's data, or null when the data is not such a thing or too short. Remembered by the object's identity. */
export function readSeries(data: unknown): Series | null {
  if (!isFeedData(data)) return null
  const before = known.get(data)
  if (before !== undefined) return before
  const series = derive(data)
  known.set(data, series)
  return series
}

function isFeedData(data: unknown): data is FeedData {
  if (typeof data !== 'object' || data === null) return false
  const { high, low, close, volume } = data as Partial<Record<keyof FeedData, unknown>>
  if (!Array.isArray(close) || close.length < FEWEST_DAYS) return false
  return [high, low, close].every((column) => isColumn(column, close.length, 1e-9)) && isColumn(volume, close.length, 0)
}

function isColumn(column: unknown, length: number, lowest: number): boolean {
  return (
    Array.isArray(column) &&
    column.length === length &&
    column.every((x) => typeof x === 'number' && Number.isFinite(x) && x >= lowest)
  )
}

function derive(data: FeedData): Series {
  const { high, low, close, volume } = data
  const range = high.map((h, i) => Math.max(LOWEST_RANGE, rangeVolatility({ high: h, low: at(low, i) })))
  const logRange = range.map(ln)
  return {
    length: close.length,
    range,
    logRange,
    week: rollingMean(logRange, 5),
    month: rollingMean(logRange, FIRST_FULL_DAY + 1),
    returns: close.map((c, i) => (i === 0 ? 0 : returnPercent(at(close, i - 1), c))),
    logVolume: volume.map((v) => ln(v + 1)),
  }
}

function rollingMean(values: readonly number[], width: number): number[] {
  let sum = 0
  return values.map((value, i) => {
    sum += value - (i >= width ? at(values, i - width) : 0)
    return sum / Math.min(i + 1, width)
  })
}
