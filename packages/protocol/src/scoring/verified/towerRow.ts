import type { TowerRow } from '../tower/towerTypes.ts'
import type { Address, NetworkValues } from '../types.ts'

/** The name of a forecast-implied value among the members of a tower: its forecaster may be an inferer, too. */
export function impliedName(forecaster: Address): Address {
  return `forecast:${forecaster}`
}

/** What a tower combines: inferences and forecast-implied values, each under a name of its own. SPEC VT-10 */
export function rowOf({ inferers, forecasters }: Pick<NetworkValues, 'inferers' | 'forecasters'>): TowerRow {
  return {
    inferences: [...inferers, ...forecasters.map(({ worker, values }) => ({ worker: impliedName(worker), values }))],
  }
}
