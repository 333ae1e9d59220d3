import { describe, expect, it } from 'vitest'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import { newForecasterState, newInfererState } from './newWorkerState.ts'
import { updateRegrets } from './regrets/updateRegrets.ts'
import { updateScaleAndWeights } from './regrets/updateScaleAndWeights.ts'
import type { ScoringState } from './stateTypes.ts'
import { computeNetworkValues, type NetworkInput } from './synthesis/computeNetworkValues.ts'
import { computeOutlierResistant } from './synthesis/computeOutlierResistant.ts'
import { computeSpread } from './synthesis/computeSpread.ts'
import { vectorStage } from './testing/vectorStage.ts'
import type { NetworkLosses, NetworkValues, ScoringParams, Values } from './types.ts'

type NetworkCase = Omit<NetworkInput, 'params'> & Pick<ScoringParams, 'pNorm' | 'cNorm' | 'epsilon'>

/** The state with everything that the case does not name as it is for a new topic and new workers. */
function complete(state: Partial<ScoringState>): ScoringState {
  const each = <S>(entries: Readonly<Record<string, S>> | undefined, fresh: S) =>
    Object.fromEntries(Object.entries(entries ?? {}).map(([who, entry]) => [who, { ...fresh, ...entry }]))
  return {
    ...emptyScoringState(),
    ...state,
    inferers: each(state.inferers, newInfererState),
    forecasters: each(state.forecasters, newForecasterState),
  }
}

const inputOf = ({ state, inferences, forecasts, ...params }: NetworkCase): NetworkInput => ({
  inferences,
  forecasts,
  params: { ...defaultScoringParams, ...params },
  state: complete(state),
})

/** A weight of 0 is the same as none. */
const weighed = (values: NetworkValues | null): NetworkValues | null =>
  values && { ...values, weights: values.weights.filter(({ weight }) => weight > 0) }

const networkValues = vectorStage<NetworkCase>('networkValues', (i) => weighed(computeNetworkValues(inputOf(i))))

const outlierResistant = vectorStage<NetworkCase & Pick<ScoringParams, 'outlierThreshold' | 'outlierAlpha'>>(
  'outlierResistant',
  (i) => {
    const input = inputOf(i)
    const { values, inferenceMadEma } = computeOutlierResistant(input, computeNetworkValues(input))
    return { madEma: inferenceMadEma, values: weighed(values) }
  },
)

const spread = vectorStage<{ members: { weight: number; values: Values }[] }>('spread', ({ members }) => {
  const named = members.map((member, i) => ({ worker: `W${i}`, ...member }))
  const values = named[0]?.values ?? []
  const rest = { naive: values, oneOutInferers: [], oneOutForecasters: [], oneInForecasters: [] }
  const split = Math.ceil(named.length / 2)
  return computeSpread({
    ...rest,
    combined: values,
    inferers: named.slice(0, split),
    forecasters: named.slice(split),
    oneOutInfererForecasters: [],
    weights: named,
  })
})

type RegretCase = { state: Partial<ScoringState>; losses: NetworkLosses; params: Partial<ScoringParams> }
const regrets = vectorStage<RegretCase>('regrets', ({ state, losses, ...given }) => {
  const params = { ...defaultScoringParams, ...given.params }
  const updated = updateRegrets({ prior: complete(state), losses, params, nonce: 1 })
  const after = updateScaleAndWeights(updated, losses, params)
  const present = <S>(list: NetworkLosses['inferers'], states: Readonly<Record<string, S>>) =>
    Object.fromEntries(list.map(({ worker }) => [worker, states[worker]]))
  const inferers = Object.entries(present(losses.inferers, after.inferers)).map(([worker, found]) => {
    const { inclusions: _paid, rewardFraction: _share, lastNonce: _nonce, ...rest } = found ?? newInfererState
    return [worker, rest]
  })
  const forecasters = Object.entries(present(losses.forecasters, after.forecasters)).map(([worker, found]) => {
    const { inclusions: _paid, rewardFraction: _share, lastNonce: _nonce, ...rest } = found ?? newForecasterState
    return [worker, rest]
  })
  return {
    initialRegret: after.initialRegret,
    regretScale: after.regretScale,
    inferers: Object.fromEntries(inferers),
    forecasters: Object.fromEntries(forecasters),
  }
})

describe.each([networkValues, outlierResistant, spread, regrets])('$title', ({ cases }) => {
  it('AUD-M4 has at least 50 cases', () => expect(cases.length).toBeGreaterThanOrEqual(50))
  it.each(cases)('$name', ({ differences }) => expect(differences()).toEqual([]))
})
