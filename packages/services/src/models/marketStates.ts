import { at } from './at.ts'
import type { Series } from './readSeries.ts'
import type { ForecastInput } from './types.ts'

/** Calm, usual or wild: the third of the window's weekly ranges a day falls in. */
export type MarketState = 0 | 1 | 2

/** The market's state on each day, by the window's own thirds. */
export function marketStates(series: Series): MarketState[] {
  const sorted = Float64Array.from(series.week).sort()
  const lower = at(sorted, Math.floor(sorted.length / 3))
  const upper = at(sorted, Math.floor((2 * sorted.length) / 3))
  return series.week.map((value) => (value < lower ? 0 : value < upper ? 1 : 2))
}

/** How many epochs lie between the newest settled one and this; 1 when the nonces do not tell. */
export function epochLag({ truths, nonce }: Pick<ForecastInput, 'truths' | 'nonce'>): number {
  const nonces = truths.map((truth) => truth.nonce).sort((a, b) => a - b)
  const steps = nonces.slice(1).map((value, i) => value - at(nonces, i))
  const step = steps.reduce((least, value) => (value > 0 && value < least ? value : least), Number.POSITIVE_INFINITY)
  const last = nonces.at(-1)
  return last === undefined || !Number.isFinite(step) ? 1 : Math.max(1, Math.round((nonce - last) / step))
}
