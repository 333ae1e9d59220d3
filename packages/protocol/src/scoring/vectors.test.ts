import { describe, expect, it } from 'vitest'
import { ema } from '../num/ema.ts'
import { quantile } from '../num/quantile.ts'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { computeInitialRegret } from './regrets/computeInitialRegret.ts'
import { computeAttestedReputerFractions } from './rewards/computeAttestedReputerFractions.ts'
import { computeClassSplit } from './rewards/computeClassSplit.ts'
import { computeEntropy } from './rewards/computeEntropy.ts'
import { computeReputerFractions } from './rewards/computeReputerFractions.ts'
import { computeWorkerFractions } from './rewards/computeWorkerFractions.ts'
import { smoothFractions } from './rewards/smoothFractions.ts'
import { splitCoins } from './rewards/splitCoins.ts'
import { applyLivenessPenalty } from './scores/applyLivenessPenalty.ts'
import { computeForecasterScores } from './scores/computeForecasterScores.ts'
import { computeInfererScores } from './scores/computeInfererScores.ts'
import { computeInitialEmaScore } from './scores/computeInitialEmaScore.ts'
import { countMissedEpochs } from './scores/countMissedEpochs.ts'
import { selectTopElements } from './scores/selectTopElements.ts'
import { computeRegretScale } from './synthesis/computeRegretScale.ts'
import { computeWeightedPercentiles } from './synthesis/computeWeightedPercentiles.ts'
import { computeWeights } from './synthesis/computeWeights.ts'
import { vectorStage } from './testing/vectorStage.ts'
import type { ForecastElement, NetworkLosses } from './types.ts'

const regretScale = vectorStage<{ regrets: number[]; epsilon: number }>('regretScale', (i) =>
  computeRegretScale(i.regrets, i.epsilon),
)
const weights = vectorStage<{ regrets: number[]; storedScale: number; pNorm: number; cNorm: number; epsilon: number }>(
  'weights',
  (i) => computeWeights(i.regrets, i.storedScale, i),
)
const initialRegret = vectorStage<{ experienced: number[]; all: number[] }>('initialRegret', (i) =>
  computeInitialRegret(i.experienced, i.all, defaultScoringParams),
)
const weightedPercentiles = vectorStage<{ values: number[]; weights: number[]; percentiles: number[] }>(
  'weightedPercentiles',
  (i) => computeWeightedPercentiles(i.values, i.weights, i.percentiles),
)

const scores = vectorStage<NetworkLosses>('scores', (i) => ({
  inferers: computeInfererScores(i).map(({ score }) => score),
  forecasters: computeForecasterScores(i).map(({ score }) => score),
}))
type EmaInput = {
  readonly alpha: number
  readonly current: number
  readonly previous: number | null
  readonly emas: number[]
  readonly lambda: number
  readonly quantile: number
  readonly epochLastEnded: number
  readonly epochLength: number
  readonly lag: number
  readonly lastBlock: number
}
const scoreEma = vectorStage<EmaInput>('scoreEma', (i) => {
  const initial = computeInitialEmaScore(i.emas, i.lambda)
  const missed = Number(
    countMissedEpochs({
      lastBlock: BigInt(i.lastBlock),
      epochLastEnded: BigInt(i.epochLastEnded),
      epochLength: BigInt(i.epochLength),
      lag: BigInt(i.lag),
    }),
  )
  return {
    ema: ema(i.alpha, i.current, i.previous),
    initial,
    missed,
    quantile: quantile(i.emas, i.quantile),
    penalised: applyLivenessPenalty(i.current, initial, i.alpha, missed),
  }
})
const topElements = vectorStage<{ elements: ForecastElement[]; scores: Record<string, number>; most: number }>(
  'topElements',
  (i) => selectTopElements(i.elements, (inferer) => i.scores[inferer] ?? 0, i.most),
)

const fractions = vectorStage<{ scores: number[]; history: number[]; p: number; c: number; epsilon: number }>(
  'fractions',
  (i) => computeWorkerFractions(i.scores, i.history, i),
)
const reputerFractions = vectorStage<{ stakes: number[]; worth: number[]; p: number; attested: boolean }>(
  'reputerFractions',
  (i) => {
    const worthOf = (m: number): number => i.worth[m] ?? 0
    return i.attested
      ? computeAttestedReputerFractions(i.stakes.map((stake, m) => ({ stake: BigInt(stake), closeness: worthOf(m) })))
      : computeReputerFractions(
          i.stakes.map((stake, m) => ({ stake, score: worthOf(m) })),
          i.p,
        )
  },
)
const smoothing = vectorStage<{ fractions: number[]; previous: (number | null)[]; alpha: number }>('smoothing', (i) => {
  const { stored, effectiveNumber } = smoothFractions(i.fractions, i.previous, i.alpha)
  return { smoothed: stored, effective: effectiveNumber }
})
const entropy = vectorStage<{ smoothed: number[]; beta: number }>('entropy', (i) => computeEntropy(i.smoothed, i.beta))
const classSplit = vectorStage<Parameters<typeof computeClassSplit>[0]>('classSplit', computeClassSplit)
const coins = vectorStage<{ total: string; fractions: number[] }>('splitCoins', (i) => {
  const { amounts, rest } = splitCoins(BigInt(i.total), i.fractions)
  return { amounts: amounts.map(String), rest: String(rest) }
})

describe.each([
  regretScale,
  weights,
  initialRegret,
  weightedPercentiles,
  scores,
  scoreEma,
  topElements,
  fractions,
  reputerFractions,
  smoothing,
  entropy,
  classSplit,
  coins,
])('$title', ({ cases }) => {
  it('AUD-M4 has at least 50 cases', () => expect(cases.length).toBeGreaterThanOrEqual(50))
  it.each(cases)('$name', ({ differences }) => expect(differences()).toEqual([]))
})
