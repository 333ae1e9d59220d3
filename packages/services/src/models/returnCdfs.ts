import { at } from './at.ts'
import { ewmaSquares } from './ewmaSquares.ts'
import { garchVariance } from './garchVariance.ts'
import { mean, meanSquare } from './mean.ts'
import { normalCdf } from './normalCdf.ts'
import type { Series } from './readSeries.ts'
import { studentCdf } from './studentCdf.ts'
import { harVolatility } from './volatilityModels.ts'

/** The probability that tomorrow's return lies below x percent. */
export type Cdf = (x: number) => number

/** Makes tomorrow's distribution from the past. */
export type ReturnCdf = (series: Series) => Cdf

const DECAY = 0.94
const LOWEST_DEVIATION = 0.05
const SETTLING_DAYS = 50

function scaled(cdf: Cdf, centre: number, variance: number): Cdf {
  const deviation = Math.max(LOWEST_DEVIATION, Math.sqrt(variance))
  return (x) => cdf((x - centre) / deviation)
}

function pastReturns(series: Series): readonly number[] {
  return series.returns.slice(1)
}

/** Normal with the exponentially weighted variance of the returns. */
export const ewmaNormalCdf: ReturnCdf = (series) => {
  const returns = pastReturns(series)
  return scaled(normalCdf, mean(returns), at(ewmaSquares(returns, DECAY), returns.length - 1))
}

/** Student's t with the variance of a GARCH(1,1). */
export const garchStudentCdf: ReturnCdf = (series) => {
  const returns = pastReturns(series)
  return scaled(studentCdf, mean(returns), garchVariance(returns))
}

/** Student's t with the HAR volatility, scaled from ranges to returns by their mean squares. */
export const harStudentCdf: ReturnCdf = (series) => {
  const returns = pastReturns(series)
  const volatility = harVolatility(series)
  const scale = meanSquare(returns) / Math.max(1e-9, meanSquare(series.range))
  return scaled(studentCdf, mean(returns), volatility * volatility * scale)
}

/** Filtered historical simulation: past returns over their expected deviation, times today's. */
export const simulationCdf: ReturnCdf = (series) => {
  const returns = pastReturns(series)
  const deviations = ewmaSquares(returns, DECAY).map((v) => Math.max(LOWEST_DEVIATION, Math.sqrt(v)))
  const today = at(deviations, returns.length - 1)
  const drawn = returns.map((value, i) => (i === 0 ? 0 : (value / at(deviations, i - 1)) * today))
  return empirical(drawn.slice(SETTLING_DAYS))
}

/** The returns of the whole window, all alike. */
export const climatologyCdf: ReturnCdf = (series) => empirical(pastReturns(series))

function empirical(values: readonly number[]): Cdf {
  return (x) => (values.filter((value) => value < x).length + 0.5) / (values.length + 1)
}
