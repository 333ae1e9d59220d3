import { FLAT_PERCENT, TREND_LABELS, trendOf } from '../feed/outcomes.ts'
import { at } from './at.ts'
import { trendValues } from './clampOutput.ts'
import {
  boostedOdds,
  type Event,
  type EventOdds,
  linearOdds,
  logisticOdds,
  neighbourOdds,
  transitionOdds,
} from './eventOdds.ts'
import { readSeries, type Series } from './readSeries.ts'
import {
  climatologyCdf,
  ewmaNormalCdf,
  garchStudentCdf,
  harStudentCdf,
  type ReturnCdf,
  simulationCdf,
} from './returnCdfs.ts'
import type { BuiltInModel } from './types.ts'

const EVENTS: readonly Event[] = TREND_LABELS.map((label) => (percent) => trendOf(percent) === label)

function model(name: string, family: string, odds: (series: Series) => readonly number[]): BuiltInModel {
  return {
    name,
    family,
    predict: ({ data }) => {
      const series = readSeries(data)
      return series === null ? null : trendValues(odds(series))
    },
  }
}

function split(makeCdf: ReturnCdf): (series: Series) => number[] {
  return (series) => {
    const cdf = makeCdf(series)
    const down = cdf(-FLAT_PERCENT)
    const notUp = cdf(FLAT_PERCENT)
    return [down, notUp - down, 1 - notUp]
  }
}

function events(odds: EventOdds): (series: Series) => number[] {
  return (series) => odds(series, EVENTS)
}

/** Deliberately bad: sure that tomorrow undoes today. */
function reversal(series: Series): number[] {
  const today = trendOf(-at(series.returns, series.length - 1))
  return TREND_LABELS.map((label) => (label === today ? 0.8 : 0.1))
}

/** Models of the probabilities of a lower, flat or higher close tomorrow. */
export const trendModels: readonly BuiltInModel[] = [
  model('ewma-normal', 'smoothing', split(ewmaNormalCdf)),
  model('garch-student', 'garch', split(garchStudentCdf)),
  model('har-student', 'har', split(harStudentCdf)),
  model('simulation', 'simulation', split(simulationCdf)),
  model('logistic', 'logistic', events(logisticOdds)),
  model('linear', 'ridge', events(linearOdds)),
  model('neighbours', 'neighbours', events(neighbourOdds)),
  model('boosted', 'boosting', events(boostedOdds)),
  model('transition', 'transition', events(transitionOdds)),
  model('climatology', 'climatology', split(climatologyCdf)),
  model('constant', 'constant', () => [1, 1, 1]),
  model('reversal', 'contrarian', reversal),
]
