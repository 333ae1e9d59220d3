import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ema } from '../num/ema.ts'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import { computeLoss } from './losses/computeLoss.ts'
import { newForecasterState, newInfererState } from './newWorkerState.ts'
import { computeInitialRegret } from './regrets/computeInitialRegret.ts'
import { computeClassSplit } from './rewards/computeClassSplit.ts'
import { computeEntropy } from './rewards/computeEntropy.ts'
import { computeWorkerFractions } from './rewards/computeWorkerFractions.ts'
import { applyLivenessPenalty } from './scores/applyLivenessPenalty.ts'
import { computeForecasterScores } from './scores/computeForecasterScores.ts'
import { computeInfererScores } from './scores/computeInfererScores.ts'
import { computeInitialEmaScore } from './scores/computeInitialEmaScore.ts'
import { computeNetworkValues, type NetworkInput } from './synthesis/computeNetworkValues.ts'
import { computeRegretScale } from './synthesis/computeRegretScale.ts'
import { computeWeights } from './synthesis/computeWeights.ts'
import { numberPolicy } from './testing/numberPolicy.ts'
import { agreeOnTruth } from './truth/agreeOnTruth.ts'
import type { NetworkLosses } from './types.ts'

type Case<I> = { readonly name: string; readonly input: I; readonly expected: unknown }

function expectClose(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number') {
    const error = Math.abs(Number(actual) - expected)
    expect(error, `${actual} instead of ${expected}`).toBeLessThanOrEqual(Math.max(1e-12, 1e-9 * Math.abs(expected)))
    return
  }
  if (typeof expected === 'string') {
    expect(actual).toBe(expected)
    return
  }
  if (expected === null) {
    expect(actual).toBeNull()
    return
  }
  const got = Object.entries(Object(actual))
  const want = new Map(Object.entries(Object(expected)))
  expect(got.map(([key]) => key).toSorted()).toEqual([...want.keys()].toSorted())
  for (const [key, value] of got) expectClose(value, want.get(key))
}

function checkStage<I>(stage: string, compute: (input: I) => unknown): void {
  const file = new URL(`../../../../vectors/scoring/${stage}.json`, import.meta.url)
  const { source, cases }: { source: string; cases: Case<I>[] } = JSON.parse(readFileSync(file, 'utf8'))
  describe(`${source} ${stage}`, () => {
    it.each(cases)('$name', ({ input, expected }) => expectClose(compute(input), expected))
  })
}

checkStage<{ regrets: number[]; epsilon: number }>('regretScale', (i) => computeRegretScale(i.regrets, i.epsilon))
checkStage<{ regrets: number[]; storedScale: number; pNorm: number; cNorm: number; epsilon: number }>('weights', (i) =>
  computeWeights(i.regrets, i.storedScale, i),
)
checkStage<Parameters<typeof computeLoss>[0] & { values: number[]; truth: number }>('losses', (i) =>
  computeLoss(i, i.values, i.truth),
)
checkStage<{ experienced: number[]; all: number[] }>('initialRegret', (i) =>
  computeInitialRegret(i.experienced, i.all, defaultScoringParams),
)
checkStage<{ scores: number[]; history: number[]; p: number; c: number; epsilon: number }>('fractions', (i) =>
  computeWorkerFractions(i.scores, i.history, i),
)
checkStage<{ smoothed: number[]; beta: number }>('entropy', (i) => computeEntropy(i.smoothed, i.beta))
checkStage<Parameters<typeof computeClassSplit>[0]>('classSplit', computeClassSplit)
checkStage<NetworkLosses>('scores', (i) => ({
  inferers: computeInfererScores(i).map(({ score }) => score),
  forecasters: computeForecasterScores(i).map(({ score }) => score),
}))

type NetworkCase = Omit<NetworkInput, 'params'> & { pNorm: number; cNorm: number; epsilon: number }
checkStage<NetworkCase>('networkValues', ({ state, pNorm, cNorm, epsilon, ...submitted }) => {
  const complete = <S>(entries: Readonly<Record<string, S>>, fresh: S) =>
    Object.fromEntries(Object.entries(entries).map(([who, entry]) => [who, { ...fresh, ...entry }]))
  const values = computeNetworkValues({
    ...submitted,
    params: { ...defaultScoringParams, pNorm, cNorm, epsilon },
    state: {
      ...emptyScoringState(),
      ...state,
      inferers: complete(state.inferers, newInfererState),
      forecasters: complete(state.forecasters, newForecasterState),
    },
  })
  if (values === null) return null
  const { weights: _weights, ...rest } = values
  return rest
})

type Report = { readonly reputer: string; readonly value: number; readonly stake: number }
type TruthInput = { tolerance: number; minReputers: number; minStake: number; reports: Report[] }
checkStage<TruthInput>('agreedTruth', ({ tolerance, minReputers, minStake, reports }) => {
  const policy = { ...numberPolicy, tolerance, minReputers, minStake: BigInt(minStake) }
  const agreement = agreeOnTruth(
    policy,
    reports.map((r) => ({ ...r, stake: BigInt(r.stake) })),
  )
  return agreement.contested ? null : agreement.truth
})

type EmaInput = {
  alpha: number
  current: number
  previous: number | null
  emas: number[]
  lambda: number
  missed: number
}
checkStage<EmaInput>('scoreEma', (i) => {
  const initial = computeInitialEmaScore(i.emas, i.lambda)
  const penalised = applyLivenessPenalty(i.current, initial, i.alpha, i.missed)
  return { ema: ema(i.alpha, i.current, i.previous), initial, penalised }
})
