import type { Cell } from './cells/cell.ts'
import { boaWeights } from './first/boa.ts'
import { orderOf } from './first/order.ts'
import { QUARTER, trimmedPool, trimmedWithoutEach } from './first/trimmed.ts'
import type { FirstLayer } from './firstLayer.ts'
import { type Anchor, anchorOf, clipCell, trustOf, UNTRIED, weightedMedian } from './guard/guard.ts'
import { pastOf } from './keyed/correction.ts'
import { keyedFirst } from './keyedLayers.ts'
import { pointFirst } from './pointFirst.ts'
import type { KeyedState, PointState } from './towerTypes.ts'

/** The answer to one cell. */
export type CellAnswer = {
  readonly value: number
  /** The second layer's value, which differs while the guard answers alone. */
  readonly inner: number
  readonly layers: readonly number[]
  readonly guard: Anchor | null
  readonly past: readonly number[]
  /** By member, summing to 1. */
  readonly shares: readonly number[]
  /** By member; empty unless asked for. */
  readonly without: readonly number[]
}

/** Answers cells from the layers' states; O(N log N) a cell for N members, with or without the one-outs. */
export function answerCells(
  state: PointState | KeyedState,
  cells: readonly Cell[],
  { guarded, oneOut }: { readonly guarded: boolean; readonly oneOut: boolean },
): readonly CellAnswer[] {
  const answerFirst = state.kind === 'point' ? pointFirst(state) : keyedFirst(state)
  const trust = trustOf(state.guard)
  const raw = boaWeights(state.second)
  const total = raw.reduce((a, b) => a + b, 0)
  const second = raw.map((weight) => weight / total)
  return cells.map((cell) => {
    const guard = guarded ? anchorOf(state.guard, trust, cell) : null
    const held = guard === null ? cell : clipCell(cell, guard)
    const first = answerFirst(held, oneOut)
    const mix = (of: (layer: FirstLayer, k: number) => number): number =>
      first.reduce((sum, layer, k) => sum + (second[k] ?? 0) * of(layer, k), 0)
    const past = state.kind === 'keyed' ? pastOf(state.correction, cell.key) : []
    const layers = first.map(({ pool }) => pool.value)
    const inner = mix(({ pool }) => pool.value)
    if (guard !== null && state.guard.lessons < (state.kind === 'point' ? UNTRIED : 1)) {
      const alone = state.kind === 'point' ? answerByAnchor(cell, guard, trust, oneOut) : answerByMiddle(held, oneOut)
      return { ...alone, inner, layers, guard, past }
    }
    const shares = cell.x.map((_, j) => mix(({ pool }) => pool.shares[j] ?? 0))
    const without = oneOut ? cell.x.map((_, j) => mix((layer) => layer.without[j] ?? 0)) : []
    return { value: inner, inner, layers, guard, past, shares, without }
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

/** Before the first truth: the mean of the middle half, which neither absurd values nor copies carry off. */
function answerByMiddle(cell: Cell, oneOut: boolean): Pick<CellAnswer, 'value' | 'shares' | 'without'> {
  const order = orderOf(cell)
  return {
    ...trimmedPool(cell, order, QUARTER),
    without: oneOut ? trimmedWithoutEach(cell, order, QUARTER) : [],
  }
}
