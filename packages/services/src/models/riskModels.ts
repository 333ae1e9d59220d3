import { FALL_PERCENT, isFall } from '../feed/outcomes.ts'
import { at } from './at.ts'
import { clampProbability } from './clampOutput.ts'
import { boostedOdds, type EventOdds, linearOdds, logisticOdds, neighbourOdds, transitionOdds } from './eventOdds.ts'
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

const USUAL_RISK = 0.12

function model(name: string, family: string, probability: (series: Series) => number): BuiltInModel {
  return {
    name,
    family,
    predict: ({ data }) => {
      const series = readSeries(data)
      return series === null ? null : clampProbability(probability(series))
    },
  }
}

function below(cdf: ReturnCdf): (series: Series) => number {
  return (series) => cdf(series)(-FALL_PERCENT)
}

function event(odds: EventOdds): (series: Series) => number {
  return (series) => at(odds(series, [isFall]), 0)
}

/** Deliberately bad, the gambler's fallacy: no fall follows a fall, and one is due otherwise. */
function reversal(series: Series): number {
  return isFall(at(series.returns, series.length - 1)) ? 0.02 : 0.4
}

/** Models of the probability that tomorrow closes more than 1 % lower. */
export const riskModels: readonly BuiltInModel[] = [
  model('ewma-normal', 'smoothing', below(ewmaNormalCdf)),
  model('garch-student', 'garch', below(garchStudentCdf)),
  model('har-student', 'har', below(harStudentCdf)),
  model('simulation', 'simulation', below(simulationCdf)),
  model('logistic', 'logistic', event(logisticOdds)),
  model('linear', 'ridge', event(linearOdds)),
  model('neighbours', 'neighbours', event(neighbourOdds)),
  model('boosted', 'boosting', event(boostedOdds)),
  model('transition', 'transition', event(transitionOdds)),
  model('climatology', 'climatology', below(climatologyCdf)),
  model('constant', 'constant', () => USUAL_RISK),
  model('reversal', 'contrarian', reversal),
]
