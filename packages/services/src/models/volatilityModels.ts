import { exp } from '@starling/protocol/num/exp'
import { at } from './at.ts'
import { buildDesign, type Design, type Features } from './buildDesign.ts'
import { clampVolatility } from './clampOutput.ts'
import { ewmaSquares } from './ewmaSquares.ts'
import { harFeatures, lagFeatures, stateFeatures, wideFeatures } from './features.ts'
import { fitRidge } from './fitRidge.ts'
import { fitStumps } from './fitStumps.ts'
import { garchVariance } from './garchVariance.ts'
import { meanSquare } from './mean.ts'
import { nearestTargets } from './nearestTargets.ts'
import { readSeries, type Series } from './readSeries.ts'
import type { BuiltInModel } from './types.ts'

const WINDOW = 500
const NEIGHBOURS = 40
const USUAL_VOLATILITY = 0.8

/**
 * Tomorrow's log-normal volatility from a linear model of its logarithm: exp(m + s²), the root of the expected square,
 * which is what QLIKE asks for.
 */
function linear(features: Features, lambda: number): (series: Series) => number {
  return (series) => {
    const design = buildDesign(series, features, WINDOW)
    const { today, residualVariance } = fitRidge(design, nextLogRanges(series, design), lambda)
    return exp(today + residualVariance)
  }
}

function nextLogRanges(series: Series, design: Design): number[] {
  return design.targets.map((day) => at(series.logRange, day))
}

/** HAR: tomorrow's log range on the day's, the week's and the month's. */
export const harVolatility: (series: Series) => number = linear(harFeatures, 1e-6)

function ewma(series: Series): number {
  return Math.sqrt(at(ewmaSquares(series.range, 0.9), series.length - 1))
}

function garch(series: Series): number {
  const scale = meanSquare(series.range) / Math.max(1e-9, meanSquare(series.returns))
  return Math.sqrt(garchVariance(series.returns) * scale)
}

function neighbours(series: Series): number {
  const nearest = nearestTargets(buildDesign(series, stateFeatures, series.length), NEIGHBOURS)
  return Math.sqrt(meanSquare(nearest.map((day) => at(series.range, day))))
}

function boosted(series: Series): number {
  const design = buildDesign(series, stateFeatures, WINDOW)
  const outcomes = nextLogRanges(series, design)
  const surprises = design.targets.map((day) => at(series.logRange, day) - at(series.week, day - 1))
  return exp(fitStumps(design, outcomes) + meanSquare(surprises))
}

function climatology(series: Series): number {
  return Math.sqrt(meanSquare(series.range))
}

function persistence(series: Series): number {
  return at(series.range, series.length - 1)
}

/** Deliberately bad: expects a wild day after a calm one and the reverse. */
function reversal(series: Series): number {
  const last = series.length - 1
  return exp(2 * at(series.month, last) - at(series.logRange, last))
}

function model(name: string, family: string, volatility: (series: Series) => number): BuiltInModel {
  return {
    name,
    family,
    predict: ({ data }) => {
      const series = readSeries(data)
      return series === null ? null : clampVolatility(volatility(series))
    },
  }
}

/** Models of tomorrow's range volatility in percent. */
export const volatilityModels: readonly BuiltInModel[] = [
  model('ewma', 'smoothing', ewma),
  model('har', 'har', harVolatility),
  model('garch', 'garch', garch),
  model('ar', 'autoregression', linear(lagFeatures(10), 1e-6)),
  model('ridge', 'ridge', linear(wideFeatures, 20)),
  model('neighbours', 'neighbours', neighbours),
  model('boosted', 'boosting', boosted),
  model('climatology', 'climatology', climatology),
  model('persistence', 'persistence', persistence),
  model('constant', 'constant', () => USUAL_VOLATILITY),
  model('reversal', 'contrarian', reversal),
]
