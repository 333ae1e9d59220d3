import type { Address } from '../types.ts'
import { alignKeyedLayers } from './keyedLayers.ts'
import { alignLabelLayers } from './labels/labelLayers.ts'
import { alignPointLayers } from './pointLayers.ts'
import type { TowerState } from './towerTypes.ts'

/** The state over another list of members, in address order: newcomers start unknown, who is not listed is forgotten. */
export function alignTower(state: TowerState, members: readonly Address[]): TowerState {
  if (members === state.members) return state
  const place = new Map(state.members.map((worker, i) => [worker, i]))
  const from = members.map((worker) => place.get(worker) ?? -1)
  if (from.length === state.members.length && from.every((old, i) => old === i)) return state
  return {
    ...state,
    members,
    lastAwake: from.map((i) => state.lastAwake[i] ?? state.lessons),
    layers: alignLayers(state.layers, from),
  }
}

function alignLayers(layers: TowerState['layers'], from: readonly number[]): TowerState['layers'] {
  switch (layers.kind) {
    case 'point':
      return alignPointLayers(layers, from)
    case 'keyed':
      return alignKeyedLayers(layers, from)
    case 'labels':
      return alignLabelLayers(layers, from)
  }
}
