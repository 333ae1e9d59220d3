import type { LearntCell } from './cells/cell.ts'
import type { PointLoss } from './cells/pointLoss.ts'
import { alignBoa, boaWeights, learnBoa, learnBoaRows, newBoa } from './first/boa.ts'
import { alignFixedShare, fixedShareWeights, learnFixedShare, newFixedShare, SMALL_GRID } from './first/fixedShare.ts'
import { medianPool, medianWithoutEach } from './first/median.ts'
import { alignMlPoly, learnMlPolyRows, mlPolyWeights, newMlPoly } from './first/mlPoly.ts'
import { memberLosses } from './first/regretRule.ts'
import { regretsOf } from './first/regretsOf.ts'
import { type AnswerFirst, layerOf, weightedLayer } from './firstLayer.ts'
import { alignGuard, newGuard } from './guard/guard.ts'
import { alignByKey, byKeyWeights, learnByKey, newByKey } from './keyed/byKey.ts'
import {
  alignCorrection,
  correctedPool,
  correctedWithoutEach,
  learnCorrection,
  newCorrection,
  pastOf,
  rechooseCorrection,
} from './keyed/correction.ts'
import { alignRecent, learnRecent, recentWeights } from './keyed/recent.ts'
import { rowRegretsOf } from './keyed/rowRegrets.ts'
import { trustedMedianPool, trustedMedianWithoutEach } from './keyed/trustedMedian.ts'
import type { KeyedState, PerMember } from './towerTypes.ts'

/** The first layer in the order of its values. */
const KEYED = ['median', 'trusted', 'mlPoly', 'boa', 'fixedShare', 'recent', 'byKey', 'correction'] as const
const RECENT_MEMORY = 0.9

/** Layers that know nothing and nobody. */
export function newKeyedLayers(): KeyedState {
  return {
    kind: 'keyed',
    mlPoly: newMlPoly(),
    boa: newBoa(0),
    fixedShare: newFixedShare(SMALL_GRID),
    recent: { losses: [], counts: [] },
    byKey: newByKey(),
    correction: newCorrection(),
    second: newBoa(KEYED.length),
    guard: newGuard(),
  }
}

/** The layers over another list of members; `from` names the old index of each, or −1. */
export function alignKeyedLayers(state: KeyedState, from: readonly number[]): KeyedState {
  return {
    kind: 'keyed',
    mlPoly: alignMlPoly(state.mlPoly, from),
    boa: alignBoa(state.boa, from),
    fixedShare: alignFixedShare(state.fixedShare, from),
    recent: alignRecent(state.recent, from),
    byKey: alignByKey(state.byKey, from),
    correction: alignCorrection(state.correction, from),
    second: state.second,
    guard: alignGuard(state.guard, from),
  }
}

/** Our first layer, in the order of KEYED; `trust` is the guard's. */
export function keyedFirst(state: KeyedState, trust: PerMember): AnswerFirst {
  const mlPoly = mlPolyWeights(state.mlPoly)
  const boa = boaWeights(state.boa)
  const fixedShare = fixedShareWeights(state.fixedShare)
  const recent = recentWeights(state.recent)
  return (cell, order, oneOut) => {
    const past = pastOf(state.correction, cell.key)
    return [
      layerOf(medianPool(cell, order), oneOut, () => medianWithoutEach(cell, order)),
      layerOf(trustedMedianPool(cell, trust, order), oneOut, () => trustedMedianWithoutEach(cell, trust, order)),
      weightedLayer(mlPoly, cell, oneOut),
      weightedLayer(boa, cell, oneOut),
      weightedLayer(fixedShare, cell, oneOut),
      weightedLayer(recent, cell, oneOut),
      weightedLayer(byKeyWeights(state.byKey, cell.key), cell, oneOut),
      layerOf(correctedPool(state.correction, cell, past), oneOut, () =>
        correctedWithoutEach(state.correction, cell, past),
      ),
    ]
  }
}

/** What every layer learns from one epoch's cells, which are held to the guard's bounds. The guard itself learns apart. */
export function learnKeyedLayers(state: KeyedState, loss: PointLoss, cells: readonly LearntCell[]): KeyedState {
  const said = (layer: (typeof KEYED)[number]) => {
    const k = KEYED.indexOf(layer)
    return ({ layers }: LearntCell): number => layers[k] ?? 0
  }
  const over = cells.map((cell) => ({ ...cell, x: cell.layers, awake: cell.layers.map(() => true) }))
  const losses = memberLosses(cells, ({ truth, scale, tau }, x) => loss.value(x, truth, scale, tau))
  const boa = learnBoaRows(state.boa, rowRegretsOf(loss, cells, said('boa')))
  return {
    ...state,
    mlPoly: learnMlPolyRows(state.mlPoly, rowRegretsOf(loss, cells, said('mlPoly'))),
    boa,
    fixedShare: learnFixedShare(SMALL_GRID, state.fixedShare, loss, cells, regretsOf(loss, cells, said('fixedShare'))),
    recent: learnRecent(state.recent, losses, RECENT_MEMORY),
    byKey: learnByKey(state.byKey, loss, cells, losses),
    correction: learnCorrection(rechooseCorrection(state.correction, boaWeights(boa)), loss, cells),
    second: learnBoa(
      state.second,
      regretsOf(loss, over, ({ value }) => value),
    ),
  }
}
