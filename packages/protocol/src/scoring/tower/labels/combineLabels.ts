import { outputKindOf } from '../../losses/outputKindOf.ts'
import type { Address } from '../../types.ts'
import type { LabelState, TowerCombined, TowerConfig, TowerRow } from '../towerTypes.ts'
import { labelCellOf } from './labelCell.ts'
import { bayesWeights } from './labelLayers.ts'
import { mixLabels } from './mixLabels.ts'
import { poolLabels } from './poolLabels.ts'

/** The answer to one row of probabilities; null where nobody is awake. */
export function combineLabels(
  config: TowerConfig,
  state: LabelState,
  members: readonly Address[],
  row: TowerRow,
  oneOut: boolean,
): TowerCombined | null {
  const cell = labelCellOf(config, members, row)
  if (cell === null) return null
  const event = outputKindOf(config) === 'probability'
  const asked = (p: readonly number[]): readonly number[] => (event ? p.slice(1) : p)
  const raw = bayesWeights(state.second)
  const total = raw.reduce((a, b) => a + b, 0)
  const top = raw.map((weight) => weight / total)
  const several = (cell.linear[0]?.count ?? 0) > 1
  const pools = poolLabels(state, cell, oneOut && several)
  const p = mixLabels(top, pools.layers)
  const awake = members.map((worker, j) => ({ worker, j })).filter(({ j }) => cell.linear[0]?.awake[j])
  return {
    values: asked(p),
    weights: awake.map(({ worker, j }) => ({
      worker,
      weight: pools.shares.reduce((sum, shares, k) => sum + (top[k] ?? 0) * (shares[j] ?? 0), 0),
    })),
    oneOut:
      oneOut && several
        ? awake.map(({ worker, j }) => ({ worker, values: asked(mixLabels(top, pools.without[j] ?? [])) }))
        : [],
    memory: { values: p, layers: [], anchors: [], bounds: [], past: [] },
  }
}
