import type { LearntCell } from './cells/cell.ts'
import type { PointLoss } from './cells/pointLoss.ts'
import { alignBoa, boaWeights, learnBoa, newBoa } from './first/boa.ts'
import { alignFixedShare, learnFixedShare, newFixedShare, WIDE_GRID } from './first/fixedShare.ts'
import { alignMlPoly, learnMlPoly, newMlPoly } from './first/mlPoly.ts'
import { alignRegretRule, learnRegretRule, memberLosses, newRegretRule } from './first/regretRule.ts'
import { regretsOf } from './first/regretsOf.ts'
import { alignRidge, learnRidge, newRidge, rechooseRidge } from './first/ridge.ts'
import { alignGuard, newGuard } from './guard/guard.ts'
import type { PointState } from './towerTypes.ts'

/** The first layer in the order of its values. */
export const FIRST = ['mean', 'median', 'trimmed', 'mlPoly', 'fixedShare', 'boa', 'ridge', 'regret'] as const
/** Slope of the regret rule's potential over numbers. */
export const POINT_SLOPE = 3

/** Layers that know nothing and nobody. */
export function newPointLayers(): PointState {
  return {
    kind: 'point',
    mlPoly: newMlPoly(),
    fixedShare: newFixedShare(WIDE_GRID),
    boa: newBoa(0),
    ridge: newRidge(),
    regret: newRegretRule(),
    second: newBoa(FIRST.length),
    guard: newGuard(),
  }
}

/** The layers over another list of members; `from` names the old index of each, or −1. */
export function alignPointLayers(state: PointState, from: readonly number[]): PointState {
  return {
    kind: 'point',
    mlPoly: alignMlPoly(state.mlPoly, from),
    fixedShare: alignFixedShare(state.fixedShare, from),
    boa: alignBoa(state.boa, from),
    ridge: alignRidge(state.ridge, from),
    regret: alignRegretRule(state.regret, from),
    second: state.second,
    guard: alignGuard(state.guard, from),
  }
}

/** What every layer learns from one epoch's cells, which are held to the guard's bounds. The guard itself learns apart. */
export function learnPointLayers(state: PointState, loss: PointLoss, cells: readonly LearntCell[]): PointState {
  const regretOf = (layer: (typeof FIRST)[number]): readonly number[] =>
    regretsOf(loss, cells, ({ layers }) => layers[FIRST.indexOf(layer)] ?? 0)
  const over = cells.map((cell) => ({ ...cell, x: cell.layers, awake: cell.layers.map(() => true) }))
  const losses = memberLosses(cells, ({ truth, scale, tau }, x) => loss.value(x, truth, scale, tau))
  const own = cells.map(({ layers, truth, scale, tau }) => loss.value(layers.at(-1) ?? 0, truth, scale, tau))
  const boa = learnBoa(state.boa, regretOf('boa'))
  return {
    ...state,
    mlPoly: learnMlPoly(state.mlPoly, regretOf('mlPoly')),
    fixedShare: learnFixedShare(WIDE_GRID, state.fixedShare, loss, cells, regretOf('fixedShare')),
    boa,
    ridge: rechooseRidge(learnRidge(state.ridge, loss, cells), boaWeights(boa)),
    regret: learnRegretRule(state.regret, losses, own.reduce((a, b) => a + b, 0) / own.length, POINT_SLOPE),
    second: learnBoa(
      state.second,
      regretsOf(loss, over, ({ value }) => value),
    ),
  }
}
