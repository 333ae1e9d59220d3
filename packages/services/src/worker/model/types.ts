import type { ForecastInput, ModelInput } from '../../models/types.ts'

/** Asks a model for its prediction. What comes back is anything; it is checked. When the signal aborts nobody waits for it. */
export type AskPrediction = (input: ModelInput, signal: AbortSignal) => unknown

/** Asks a model for the log10 losses of workers by address. */
export type AskForecast = (input: ForecastInput, signal: AbortSignal) => unknown

/** A model somewhere: in a thread, another process, behind HTTP. */
export type Model = {
  readonly predict: AskPrediction | undefined
  readonly forecast: AskForecast | undefined
  close(): Promise<void>
}
