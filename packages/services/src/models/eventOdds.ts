import { at } from './at.ts'
import { buildDesign, type Design } from './buildDesign.ts'
import { stateFeatures } from './features.ts'
import { fitLogistic } from './fitLogistic.ts'
import { fitRidge } from './fitRidge.ts'
import { fitStumps } from './fitStumps.ts'
import { nearestTargets } from './nearestTargets.ts'
import type { Series } from './readSeries.ts'

/** Whether a return in percent counts as the event. */
export type Event = (percent: number) => boolean

/** Odds of each event for tomorrow's return; for a full set of exclusive events they still want normalising. */
export type EventOdds = (series: Series, events: readonly Event[]) => number[]

const WINDOW = 500
const NEIGHBOURS = 60
const RIDGE_PENALTY = 50

function outcomes(series: Series, design: Design, event: Event): boolean[] {
  return design.targets.map((day) => event(at(series.returns, day)))
}

/** Logistic regression of each event on the state of the market. */
export const logisticOdds: EventOdds = (series, events) => {
  const design = buildDesign(series, stateFeatures, WINDOW)
  return events.map((event) => fitLogistic(design, outcomes(series, design, event)))
}

/** Boosted stumps on the state of the market. */
export const boostedOdds: EventOdds = (series, events) => {
  const design = buildDesign(series, stateFeatures, WINDOW)
  return events.map((event) => fitStumps(design, outcomes(series, design, event).map(Number)))
}

/** Linear probability model with a ridge penalty. */
export const linearOdds: EventOdds = (series, events) => {
  const design = buildDesign(series, stateFeatures, WINDOW)
  return events.map((event) => fitRidge(design, outcomes(series, design, event).map(Number), RIDGE_PENALTY).today)
}

/** Frequencies among the days after the past days most like today. */
export const neighbourOdds: EventOdds = (series, events) => {
  const nearest = nearestTargets(buildDesign(series, stateFeatures, series.length), NEIGHBOURS)
  return events.map((event) => frequency(series, nearest, event))
}

/** Frequencies among the days after days that ended like today. */
export const transitionOdds: EventOdds = (series, events) => {
  const kind = (day: number): number => events.findIndex((event) => event(at(series.returns, day)))
  const today = kind(series.length - 1)
  const days = Array.from({ length: series.length - 2 }, (_, i) => i + 2)
  const alike = days.filter((day) => kind(day - 1) === today)
  return events.map((event) => frequency(series, alike, event))
}

function frequency(series: Series, days: readonly number[], event: Event): number {
  const hits = days.filter((day) => event(at(series.returns, day))).length
  return (hits + 0.5) / (days.length + 1)
}
