import { at } from './at.ts'
import { logLosses, present } from './logLosses.ts'
import { epochLag, type MarketState, marketStates } from './marketStates.ts'
import { mean } from './mean.ts'
import { readSeries } from './readSeries.ts'
import type { BuiltInForecaster, Forecast, ForecastInput } from './types.ts'

const DECAY = 0.9
/** Epochs that the common level counts for beside a worker's own record. */
const COMMON_EPOCHS = 5
/** Epochs that a worker's recent level counts for beside its record in the same state. */
const LEVEL_EPOCHS = 10

/** A worker's exponentially weighted log10 loss, drawn to the common level while its record is short. */
function recentLevel(losses: readonly number[], common: number): number {
  let sum = COMMON_EPOCHS * (1 - DECAY) * common
  let weight = COMMON_EPOCHS * (1 - DECAY)
  for (const loss of losses) {
    sum = DECAY * sum + loss
    weight = DECAY * weight + 1
  }
  return sum / weight
}

function byWorker(
  input: ForecastInput,
  one: (losses: (number | null)[], common: number) => number,
): Record<string, number> {
  const records = input.workers.map(({ address, losses }) => ({ address, losses: logLosses(losses) }))
  const common = mean(records.flatMap(({ losses }) => present(losses)))
  return Object.fromEntries(records.map(({ address, losses }) => [address, one(losses, common)]))
}

const momentum: Forecast = (input) => byWorker(input, (losses, common) => recentLevel(present(losses), common))

const record: Forecast = (input) =>
  byWorker(input, (losses, common) => {
    const own = present(losses)
    return (COMMON_EPOCHS * common + mean(own) * own.length) / (COMMON_EPOCHS + own.length)
  })

const regime: Forecast = (input) => {
  const series = readSeries(input.data)
  if (series === null) return momentum(input)
  const states = marketStates(series)
  const lag = epochLag(input)
  return byWorker(input, (losses, common) => {
    const alike = present(lossesInState(losses, states, lag))
    const level = recentLevel(present(losses), common)
    return (LEVEL_EPOCHS * level + mean(alike) * alike.length) / (LEVEL_EPOCHS + alike.length)
  })
}

/** The losses of epochs that predicted in today's market state; the newest loss is `lag` epochs old. */
function lossesInState(
  losses: readonly (number | null)[],
  states: readonly MarketState[],
  lag: number,
): (number | null)[] {
  const today = at(states, states.length - 1)
  return losses.filter((_, i) => states[states.length - 1 - lag - (losses.length - 1 - i)] === today)
}

/** The forecasters that ship with the project; they serve every topic of the market feed. */
export const builtInForecasters: readonly BuiltInForecaster[] = [
  { name: 'momentum', family: 'smoothing', forecast: momentum },
  { name: 'record', family: 'climatology', forecast: record },
  { name: 'regime', family: 'regime', forecast: regime },
]
