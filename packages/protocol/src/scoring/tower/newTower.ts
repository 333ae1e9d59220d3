import { compareAddress } from '../../num/compareAddress.ts'
import { outputKindOf } from '../losses/outputKindOf.ts'
import type { Address } from '../types.ts'
import { alignTower } from './alignTower.ts'
import { newKeyedLayers } from './keyedLayers.ts'
import { newLabelLayers } from './labels/labelLayers.ts'
import { newPointLayers } from './pointLayers.ts'
import { DEFAULT_RULE, type TowerConfig, type TowerState } from './towerTypes.ts'

/** A tower that has seen nothing. Members named here are known from the start, as if they had slept so far. SPEC VT-10 */
export function newTower(config: TowerConfig, members: readonly Address[] = []): TowerState {
  const kind = outputKindOf(config)
  const isOurs = (config.rule ?? DEFAULT_RULE) === 'keyed'
  const points = isOurs ? newKeyedLayers : newPointLayers
  const layers = kind === 'number' || kind === 'quantiles' ? points() : newLabelLayers(isOurs)
  return alignTower({ members: [], lastAwake: [], lessons: 0, layers }, members.toSorted(compareAddress))
}
