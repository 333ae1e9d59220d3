import { at } from './at.ts'
import type { Features } from './buildDesign.ts'

/** Day, week and month of the log range: the state of the HAR model. */
export const harFeatures: Features = (series, day) => [
  at(series.logRange, day),
  at(series.week, day),
  at(series.month, day),
]

/** The HAR state with the day's return and its loss part. */
export const stateFeatures: Features = (series, day) => {
  const change = at(series.returns, day)
  return [
    at(series.logRange, day),
    at(series.week, day),
    at(series.month, day),
    change,
    Math.min(0, change),
    at(series.logVolume, day) - at(series.logVolume, day - 5),
  ]
}

/** The log ranges of the last `count` days, newest first. */
export function lagFeatures(count: number): Features {
  const lags = Array.from({ length: count }, (_, lag) => lag)
  return (series, day) => lags.map((lag) => at(series.logRange, day - lag))
}

/** Fifteen lagged log ranges and three lagged losses beside the state. */
export const wideFeatures: Features = (series, day) => [
  ...lagFeatures(15)(series, day),
  ...[0, 1, 2].map((lag) => Math.min(0, at(series.returns, day - lag))),
  ...stateFeatures(series, day).slice(1),
]
