import type { ForecasterState, InfererState } from './stateTypes.ts'

/** An inferer that has never settled an epoch. */
export const newInfererState: InfererState = {
  regret: null,
  naiveRegret: null,
  withoutInferer: {},
  withoutForecaster: {},
  withForecaster: {},
  weight: 0,
  inclusions: 0,
  rewardFraction: null,
  lastNonce: 0,
}

/** A forecaster that has never settled an epoch. */
export const newForecasterState: ForecasterState = {
  regret: null,
  withoutInferer: {},
  withoutForecaster: {},
  withSelf: null,
  weight: 0,
  inclusions: 0,
  rewardFraction: null,
  lastNonce: 0,
}
