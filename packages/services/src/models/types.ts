/** What a model is told about its topic. */
export type ModelTopic = {
  readonly id: number
  readonly name: string
  readonly unit: string
  readonly loss: string
  readonly labels: readonly string[]
  readonly domain: readonly [lowest: number, highest: number]
}

/** What a model may know when it predicts. */
export type ModelInput = {
  readonly topic: ModelTopic
  readonly nonce: number
  readonly deadlineHeight: number
  /** The newest settled truths. */
  readonly truths: readonly { readonly nonce: number; readonly value: number | string }[]
  /** What the topic's feed offers for this nonce. */
  readonly data: unknown
}

/** A number, probabilities by label, or null to skip the epoch. */
export type ModelOutput =
  | number
  | { readonly value: number }
  | { readonly values: Readonly<Record<string, number>> }
  | null

/** A model: a pure function of its input. */
export type Predict = (input: ModelInput) => ModelOutput

/** A model that ships with the project. */
export type BuiltInModel = { readonly name: string; readonly family: string; readonly predict: Predict }

/** The past losses of one worker: raw, oldest first, the last of the newest settled epoch; null where it was absent. */
export type WorkerLosses = { readonly address: string; readonly losses: readonly (number | null)[] }

/** What a forecaster may know. */
export type ForecastInput = ModelInput & { readonly workers: readonly WorkerLosses[] }

/** Predicts the log10 loss of each worker, by address. */
export type Forecast = (input: ForecastInput) => Record<string, number>

/** A forecaster that ships with the project. */
export type BuiltInForecaster = { readonly name: string; readonly family: string; readonly forecast: Forecast }
