/** A participant's bech32 address. Participants are always listed in ascending byte order of their address. */
export type Address = string

/** One prediction: a vector with one number per output, in the topic's fixed order. A scalar topic has length 1. */
export type Values = readonly number[]

/** Which kind of answer a topic asks for; it follows from its loss and labels. */
export type OutputKind = 'number' | 'probability' | 'labels' | 'quantiles'

/** The losses of SPEC VT-4. */
export type LossMethod =
  | 'squared'
  | 'absolute'
  | 'huber'
  | 'logcosh'
  | 'quantile'
  | 'relative-squared'
  | 'qlike'
  | 'log-loss'
  | 'brier'
  | 'cross-entropy'
  | 'crps'
  | 'pinball'

/** The immutable policy record of a topic. SPEC VT-1 */
export type TopicPolicy = {
  readonly truth: 'attested' | 'reported'
  readonly submissions: 'sealed' | 'plain'
  readonly loss: LossMethod
  /** The loss's own parameter: δ of huber, τ of quantile; absent elsewhere. */
  readonly lossParameter?: number
  /** Lowest and highest legal value, both inclusive. */
  readonly domain: readonly [lowest: number, highest: number]
  /** Fixed labels (SPEC GR-5), empty unless the topic asks for label probabilities. */
  readonly labels: readonly string[]
  /** Quantile levels in ascending order, empty unless the topic asks for quantiles. */
  readonly levels: readonly number[]
  readonly pay: 'contribution' | 'reference'
  readonly synthesis: 'regret' | 'tower'
  readonly intervals: 'conformal' | 'spread' | 'none'
  /** K of SPEC VT-6, in settled epochs. */
  readonly memory: number
  /** Distance from the agreed truth, in the topic's unit, within which a report agrees. > 0 */
  readonly tolerance: number
  readonly minReputers: number
  /** Raw stake in uallo that the revealing reputers need together. */
  readonly minStake: bigint
  readonly unit: string
  readonly horizon: string
  readonly resolution: string
  /** Windows and bond of sealed submissions; absent where submissions are plain. */
  readonly sealed?: SealedTerms
}

/** Windows in blocks, each at least 1, and what a commitment puts at stake. SPEC VT-2 */
export type SealedTerms = {
  readonly workerCommit: bigint
  readonly workerReveal: bigint
  readonly truthCommit: bigint
  readonly truthReveal: bigint
  /** uallo per commitment; comes back with the reveal, burns without one. */
  readonly bond: bigint
}

/** The numbers that enter the mathematics: topic fields and module parameters. Defaults in `defaultScoringParams`. */
export type ScoringParams = {
  readonly pNorm: number
  readonly cNorm: number
  readonly alphaRegret: number
  /** topic.epsilon */
  readonly epsilon: number
  readonly epsilonSafeDiv: number
  readonly epsilonReputer: number
  readonly pNormSafeDiv: number
  readonly initialRegretQuantile: number
  readonly minExperiencedWorkerRegrets: number
  readonly outlierThreshold: number
  readonly outlierAlpha: number
  readonly maxSamplesToScaleScores: number
  readonly maxTopInferers: number
  readonly maxTopForecasters: number
  readonly learningRate: number
  readonly gradientDescentMaxIters: number
  readonly maxGradientThreshold: number
  readonly minStakeFraction: number
  readonly pRewardInference: number
  readonly pRewardForecast: number
  readonly pRewardReputer: number
  readonly cRewardInference: number
  readonly cRewardForecast: number
  readonly taskRewardAlpha: number
  readonly betaEntropy: number
  /** Parts of a pot of contribution pay by class, together at most 1. SPEC VT-6 */
  readonly potInferersShare: number
  readonly potForecastersShare: number
  readonly potReputersShare: number
}

export type Inference = { readonly worker: Address; readonly values: Values }
export type ForecastElement = { readonly inferer: Address; readonly value: number }
export type Forecast = { readonly forecaster: Address; readonly elements: readonly ForecastElement[] }

/** A vector per participant, in ascending address order. */
export type AttributedValues = readonly { readonly worker: Address; readonly values: Values }[]
/** A cell of the one-out-inferer-forecaster matrix. */
export type OneOutInfererForecasterValues = readonly {
  readonly forecaster: Address
  readonly withheldInferer: Address
  readonly values: Values
}[]

/** Every network value of one epoch. SPEC math 3.1 */
export type NetworkValues = {
  readonly combined: Values
  readonly naive: Values
  readonly inferers: AttributedValues
  /** Forecast-implied inferences. */
  readonly forecasters: AttributedValues
  readonly oneOutInferers: AttributedValues
  readonly oneOutForecasters: AttributedValues
  readonly oneInForecasters: AttributedValues
  readonly oneOutInfererForecasters: OneOutInfererForecasterValues
  /** Weights of the combined inference, of inferers and then of forecasters, in their order; not normalised; none where one inference is alone. */
  readonly weights: readonly { readonly worker: Address; readonly weight: number }[]
}

export type AttributedLosses = readonly { readonly worker: Address; readonly loss: number }[]

/** The same shape in losses. For attested truth both the raw loss and its log10 exist; regrets use the latter. */
export type NetworkLosses = {
  readonly combined: number
  readonly naive: number
  readonly inferers: AttributedLosses
  readonly forecasters: AttributedLosses
  readonly oneOutInferers: AttributedLosses
  readonly oneOutForecasters: AttributedLosses
  readonly oneInForecasters: AttributedLosses
  readonly oneOutInfererForecasters: readonly {
    readonly forecaster: Address
    readonly withheldInferer: Address
    readonly loss: number
  }[]
}
