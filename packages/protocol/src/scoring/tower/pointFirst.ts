import { boaWeights } from './first/boa.ts'
import { fixedShareWeights } from './first/fixedShare.ts'
import { medianPool, medianWithoutEach } from './first/median.ts'
import { mlPolyWeights } from './first/mlPoly.ts'
import { regretRuleWeights } from './first/regretRule.ts'
import { ridgePool, ridgeWithoutEach } from './first/ridge.ts'
import { FIFTH, trimmedPool, trimmedWithoutEach } from './first/trimmed.ts'
import { type AnswerFirst, layerOf, weightedLayer } from './firstLayer.ts'
import { POINT_SLOPE } from './pointLayers.ts'
import type { PointState } from './towerTypes.ts'

/** The reference's first layer, in the order of FIRST. */
export function pointFirst(state: PointState): AnswerFirst {
  const equal = state.boa.sums.map(() => 1)
  const mlPoly = mlPolyWeights(state.mlPoly)
  const fixedShare = fixedShareWeights(state.fixedShare)
  const boa = boaWeights(state.boa)
  return (cell, order, oneOut) => [
    weightedLayer(equal, cell, oneOut),
    layerOf(medianPool(cell, order), oneOut, () => medianWithoutEach(cell, order)),
    layerOf(trimmedPool(cell, order, FIFTH), oneOut, () => trimmedWithoutEach(cell, order, FIFTH)),
    weightedLayer(mlPoly, cell, oneOut),
    weightedLayer(fixedShare, cell, oneOut),
    weightedLayer(boa, cell, oneOut),
    layerOf(ridgePool(state.ridge, cell), oneOut, () => ridgeWithoutEach(state.ridge, cell)),
    weightedLayer(regretRuleWeights(state.regret, cell.awake, POINT_SLOPE), cell, oneOut),
  ]
}
