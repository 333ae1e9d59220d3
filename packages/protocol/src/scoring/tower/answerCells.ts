import type { Cell } from './cells/cell.ts'
import { boaWeights } from './first/boa.ts'
import { fixedShareWeights } from './first/fixedShare.ts'
import { medianPool, medianWithoutEach } from './first/median.ts'
import { mlPolyWeights } from './first/mlPoly.ts'
import { orderOf } from './first/order.ts'
import { type Pool, poolByWeights, poolWithoutEach } from './first/pool.ts'
import { regretRuleWeights } from './first/regretRule.ts'
import { ridgePool, ridgeWithoutEach } from './first/ridge.ts'
import { trimmedPool, trimmedWithoutEach } from './first/trimmed.ts'
import { type Anchor, anchorOf, clipCell, trustOf, UNTRIED, weightedMedian } from './guard/guard.ts'
import { POINT_SLOPE } from './pointLayers.ts'
import type { PerMember, PointState } from './towerTypes.ts'

/** The answer to one cell. */
export type CellAnswer = {
  readonly value: number
  /** The second layer's value, which differs while the guard answers alone. */
  readonly inner: number
  readonly layers: readonly number[]
  readonly guard: Anchor | null
  /** By member, summing to 1. */
  readonly shares: readonly number[]
  /** By member; empty unless asked for. */
  readonly without: readonly number[]
}

/** Answers cells from the layers' states; O(N log N) a cell for N members, with or without the one-outs. */
export function answerCells(
  state: PointState,
  cells: readonly Cell[],
  { guarded, oneOut }: { readonly guarded: boolean; readonly oneOut: boolean },
): readonly CellAnswer[] {
  const weights = weightsOf(state, guarded)
  return cells.map((cell) => {
    const guard = guarded ? anchorOf(state.guard, weights.trust, cell) : null
    const first = answerFirst(state, weights, guard === null ? cell : clipCell(cell, guard), oneOut)
    const mix = (of: (layer: FirstLayer, k: number) => number): number =>
      first.reduce((sum, layer, k) => sum + (weights.second[k] ?? 0) * of(layer, k), 0)
    const layers = first.map(({ pool }) => pool.value)
    const inner = mix(({ pool }) => pool.value)
    if (guard !== null && state.guard.lessons < UNTRIED)
      return { ...answerByAnchor(cell, guard, weights.trust, oneOut), inner, layers, guard }
    const shares = cell.x.map((_, j) => mix(({ pool }) => pool.shares[j] ?? 0))
    const without = oneOut ? cell.x.map((_, j) => mix((layer) => layer.without[j] ?? 0)) : []
    return { value: inner, inner, layers, guard, shares, without }
  })
}

type Weights = Readonly<Record<'equal' | 'mlPoly' | 'fixedShare' | 'boa' | 'trust' | 'second', PerMember>>
type FirstLayer = { readonly pool: Pool; readonly without: PerMember }

/** What is the same for all cells. */
function weightsOf(state: PointState, guarded: boolean): Weights {
  const equal = state.boa.sums.map(() => 1)
  const second = boaWeights(state.second)
  const total = second.reduce((a, b) => a + b, 0)
  return {
    equal,
    mlPoly: mlPolyWeights(state.mlPoly),
    fixedShare: fixedShareWeights(state.fixedShare),
    boa: boaWeights(state.boa),
    trust: guarded ? trustOf(state.guard) : equal,
    second: second.map((weight) => weight / total),
  }
}

/** The first layer in the order of FIRST; without each member in turn only where asked for. */
function answerFirst(state: PointState, weights: Weights, cell: Cell, oneOut: boolean): readonly FirstLayer[] {
  const order = orderOf(cell)
  const layerOf = (pool: Pool, without: () => PerMember): FirstLayer => ({ pool, without: oneOut ? without() : [] })
  const weighted = (own: PerMember): FirstLayer => {
    const pool = poolByWeights(own, cell)
    return layerOf(pool, () => poolWithoutEach(pool, cell))
  }
  return [
    weighted(weights.equal),
    layerOf(medianPool(cell, order), () => medianWithoutEach(cell, order)),
    layerOf(trimmedPool(cell, order), () => trimmedWithoutEach(cell, order)),
    weighted(weights.mlPoly),
    weighted(weights.fixedShare),
    weighted(weights.boa),
    layerOf(ridgePool(state.ridge, cell), () => ridgeWithoutEach(state.ridge, cell)),
    weighted(regretRuleWeights(state.regret, cell.awake, POINT_SLOPE)),
  ]
}

/** While nobody has a record, the anchor is the answer: who stands on it shares it. */
function answerByAnchor(
  cell: Cell,
  { anchor }: Anchor,
  trust: readonly number[],
  oneOut: boolean,
): Pick<CellAnswer, 'value' | 'shares' | 'without'> {
  const on = cell.x.map((x, j) => (cell.awake[j] === true && x === anchor ? 1 : 0))
  const count = on.reduce<number>((a, b) => a + b, 0)
  const order = orderOf(cell)
  const without = oneOut
    ? cell.x.map((_, j) =>
        weightedMedian(
          cell.x,
          trust,
          order.filter((other) => other !== j),
        ),
      )
    : []
  return { value: anchor, shares: on.map((is) => is / count), without }
}
