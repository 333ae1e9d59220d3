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
import type { PointState } from './towerTypes.ts'

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
  const equal = state.boa.sums.map(() => 1)
  const weights = {
    mlPoly: mlPolyWeights(state.mlPoly),
    fixedShare: fixedShareWeights(state.fixedShare),
    boa: boaWeights(state.boa),
    trust: guarded ? trustOf(state.guard) : equal,
    equal,
  }
  const raw = boaWeights(state.second)
  const total = raw.reduce((a, b) => a + b, 0)
  const top = raw.map((weight) => weight / total)
  return cells.map((cell) => {
    const guard = guarded ? anchorOf(state.guard, weights.trust, cell) : null
    const held = guard === null ? cell : clipCell(cell, guard)
    const order = orderOf(held)
    const byWeights = (own: readonly number[]): Pool => poolByWeights(own, held)
    const linear = {
      mean: byWeights(weights.equal),
      mlPoly: byWeights(weights.mlPoly),
      fixedShare: byWeights(weights.fixedShare),
      boa: byWeights(weights.boa),
      regret: byWeights(regretRuleWeights(state.regret, held.awake, POINT_SLOPE)),
    }
    const ridge = ridgePool(state.ridge, held)
    const pools = [
      linear.mean,
      medianPool(held, order),
      trimmedPool(held, order),
      linear.mlPoly,
      linear.fixedShare,
      linear.boa,
      ridge,
      linear.regret,
    ]
    const mix = (of: (layer: number) => number): number =>
      top.reduce((sum, weight, layer) => sum + weight * of(layer), 0)
    const layers = pools.map(({ value }) => value)
    const inner = mix((layer) => layers[layer] ?? 0)
    const alone = guard !== null && state.guard.lessons < UNTRIED
    if (alone) return { ...answerByAnchor(cell, guard, weights.trust, oneOut), inner, layers, guard }
    const shares = cell.x.map((_, j) => mix((layer) => pools[layer]?.shares[j] ?? 0))
    if (!oneOut) return { value: inner, inner, layers, guard, shares, without: [] }
    const outs = [
      poolWithoutEach(linear.mean, held),
      medianWithoutEach(held, order),
      trimmedWithoutEach(held, order),
      poolWithoutEach(linear.mlPoly, held),
      poolWithoutEach(linear.fixedShare, held),
      poolWithoutEach(linear.boa, held),
      ridgeWithoutEach(state.ridge, held),
      poolWithoutEach(linear.regret, held),
    ]
    const without = cell.x.map((_, j) => mix((layer) => outs[layer]?.[j] ?? 0))
    return { value: inner, inner, layers, guard, shares, without }
  })
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
