import type { ScoringParams } from '@starling/protocol/scoring/types'
import { z } from 'zod'
import { decimal, whole } from './fields.ts'

const SMALLEST = 2.2250738585072014e-308
const positive = decimal(SMALLEST, Infinity)
const unit = decimal(0, 1)

const fields = {
  pNorm: decimal(1, 10),
  cNorm: decimal(-100, 100),
  alphaRegret: decimal(SMALLEST, 1),
  epsilon: positive,
  epsilonSafeDiv: positive,
  epsilonReputer: positive,
  pNormSafeDiv: decimal(-Infinity, Infinity),
  initialRegretQuantile: unit,
  minExperiencedWorkerRegrets: whole(0),
  outlierThreshold: decimal(0, Infinity),
  outlierAlpha: unit,
  maxSamplesToScaleScores: whole(1, 1000),
  maxTopInferers: whole(1, 1000),
  maxTopForecasters: whole(0, 1000),
  learningRate: unit,
  gradientDescentMaxIters: whole(1, 1000),
  maxGradientThreshold: unit,
  minStakeFraction: unit,
  pRewardInference: positive,
  pRewardForecast: positive,
  pRewardReputer: positive,
  cRewardInference: positive,
  cRewardForecast: positive,
  taskRewardAlpha: unit,
  betaEntropy: unit,
  potInferersShare: unit,
  potForecastersShare: unit,
  potReputersShare: unit,
} satisfies Record<keyof ScoringParams, z.ZodType<number>>

/** What a topic sets otherwise than `defaultScoringParams`. SPEC math 0.4 */
export const paramsSchema: z.ZodType<Partial<ScoringParams>> = z
  .strictObject(fields)
  .partial()
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
