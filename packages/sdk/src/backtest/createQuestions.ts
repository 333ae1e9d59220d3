import type { Forecast, Inference } from '@starling/protocol/scoring/types'
import type { Panel } from './panel.ts'
import type { Question } from './synthesis/collective.ts'

/** Names of participants on the replayed chain: in the order of the columns, which is that of addresses. */
export type Cast = {
  readonly models: readonly string[]
  readonly forecasters: readonly { readonly name: string; readonly address: string }[]
}

/** An address for each model and forecaster of a panel. */
export function castOf({ models, forecasts }: Pick<Panel, 'models' | 'forecasts'>): Cast {
  const names = [...new Set(forecasts.map(({ forecaster }) => forecaster))]
  const address = (letter: string, at: number): string => `${letter}${String(at).padStart(6, '0')}`
  return {
    models: models.map((_, at) => address('m', at)),
    // After all models, so that implied values are the last members.
    forecasters: names.map((name, at) => ({ name, address: address('n', at) })),
  }
}

/** What everybody said about one case. */
export function createQuestion(panel: Panel, cast: Cast, at: number): Question {
  const width = panel.outputs.length
  const inferences: Inference[] = []
  for (const [model, column] of panel.values.entries()) {
    if (Number.isNaN(column[at * width] ?? Number.NaN)) continue
    const values = width === 1 ? [column[at] ?? 0] : Array.from(column.subarray(at * width, (at + 1) * width))
    inferences.push({ worker: cast.models[model] ?? '', values })
  }
  return {
    at,
    inferences,
    forecasts: forecastsOf(panel, cast, at),
    scale: panel.scale[at] ?? 1,
    series: panel.series[at] ?? 0,
  }
}

function forecastsOf({ forecasts }: Panel, cast: Cast, at: number): readonly Forecast[] {
  if (forecasts.length === 0) return []
  return cast.forecasters.flatMap(({ name, address }) => {
    const elements = forecasts.flatMap(({ forecaster, model, values }) => {
      const value = values[at] ?? Number.NaN
      if (forecaster !== name || Number.isNaN(value)) return []
      return [{ inferer: cast.models[model] ?? '', value }]
    })
    return elements.length === 0 ? [] : [{ forecaster: address, elements }]
  })
}
