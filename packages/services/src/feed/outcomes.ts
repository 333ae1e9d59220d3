import { ln } from '@starling/protocol/num/exp'
import type { Day } from './Day.ts'

/** A day is a fall when its close is more than this many percent below the close before. */
export const FALL_PERCENT = 1
/** A close within this many percent of the one before is flat. */
export const FLAT_PERCENT = 0.3
/** Labels of the trend topic, in their fixed order. */
export const TREND_LABELS: readonly TrendLabel[] = ['down', 'flat', 'up']

/** A label of the trend topic. */
export type TrendLabel = 'down' | 'flat' | 'up'

const PARKINSON_SCALE = 100 / Math.sqrt(4 * Math.LN2)

/** Parkinson's volatility of one day from its range, in percent. */
export function rangeVolatility(day: Pick<Day, 'high' | 'low'>): number {
  return PARKINSON_SCALE * ln(day.high / day.low)
}

/** Change from one close to the next, in percent. */
export function returnPercent(before: number, after: number): number {
  return 100 * (after / before - 1)
}

/** Whether a return in percent counts as a fall. */
export function isFall(percent: number): boolean {
  return percent < -FALL_PERCENT
}

/** The trend label of a return in percent. */
export function trendOf(percent: number): TrendLabel {
  if (percent < -FLAT_PERCENT) return 'down'
  return percent > FLAT_PERCENT ? 'up' : 'flat'
}
