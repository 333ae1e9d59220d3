import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'

/** How many of a role an epoch hears. */
export function placesOf(params: Params, role: SubmitterRole): number {
  const places = {
    inferer: params.maxTopInferersToReward,
    forecaster: params.maxTopForecastersToReward,
    reputer: params.maxTopReputersToReward,
  }
  return Number(places[role])
}
