import type { Params } from '../../gen/emissions/v9/params_pb.ts'
import type { Topic } from '../../gen/emissions/v10/types_pb.ts'
import { readDecimal } from '../../num/readDecimal.ts'
import type { ScoringParams } from '../../scoring/types.ts'

/** The numbers that enter the mathematics of a topic: its own fields and the chain's parameters, both checked. */
export function scoringParamsOf(topic: Topic, params: Params): ScoringParams {
  return {
    pNorm: readDecimal(topic.pNorm),
    cNorm: readDecimal(topic.cNorm),
    alphaRegret: readDecimal(topic.alphaRegret),
    epsilon: readDecimal(topic.epsilon),
    epsilonSafeDiv: readDecimal(params.epsilonSafeDiv),
    epsilonReputer: readDecimal(params.epsilonReputer),
    pNormSafeDiv: readDecimal(params.pNormSafeDiv),
    initialRegretQuantile: readDecimal(params.initialRegretQuantile),
    minExperiencedWorkerRegrets: Number(params.minExperiencedWorkerRegrets),
    outlierThreshold: readDecimal(params.inferenceOutlierDetectionThreshold),
    outlierAlpha: readDecimal(params.inferenceOutlierDetectionAlpha),
    maxSamplesToScaleScores: Number(params.maxSamplesToScaleScores),
    maxTopInferers: Number(params.maxTopInferersToReward),
    maxTopForecasters: Number(params.maxTopForecastersToReward),
    learningRate: readDecimal(params.learningRate),
    gradientDescentMaxIters: Number(params.gradientDescentMaxIters),
    maxGradientThreshold: readDecimal(params.maxGradientThreshold),
    minStakeFraction: readDecimal(params.minStakeFraction),
    pRewardInference: readDecimal(params.pRewardInference),
    pRewardForecast: readDecimal(params.pRewardForecast),
    pRewardReputer: readDecimal(params.pRewardReputer),
    cRewardInference: readDecimal(params.cRewardInference),
    cRewardForecast: readDecimal(params.cRewardForecast),
    taskRewardAlpha: readDecimal(params.taskRewardAlpha),
    betaEntropy: readDecimal(params.betaEntropy),
    potInferersShare: readDecimal(params.potInferersShare),
    potForecastersShare: readDecimal(params.potForecastersShare),
    potReputersShare: readDecimal(params.potReputersShare),
  }
}
