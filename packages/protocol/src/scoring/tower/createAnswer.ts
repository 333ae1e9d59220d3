import { tabulate } from '../../num/tabulate.ts'
import type { Cell } from './cells/cell.ts'
import { boaWeights } from './first/boa.ts'
import { orderOf } from './first/order.ts'
import { TWO_FIFTHS, trimmedPool, trimmedWithoutEach } from './first/trimmed.ts'
import { believedCell } from './guard/believedCell.ts'
import { type Anchor, anchorOf, clipCell, trustOf, UNTRIED, weightedMedian } from './guard/guard.ts'
import { withoutMajority } from './guard/withoutMajority.ts'
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

/**
 * What answers cells from the layers' states: what is the same for all of them is worked out once. O(N log N) a cell for N
 * members, with or without the one-outs.
 */
export function createAnswer(
  state: PointState | KeyedState,
  { guarded, oneOut }: { readonly guarded: boolean; readonly oneOut: boolean },
): (cell: Cell) => CellAnswer {
  const trust = trustOf(state.guard)
  const answerFirst = state.kind === 'point' ? pointFirst(state) : keyedFirst(state, trust)
  const raw = boaWeights(state.second)
  const total = raw.reduce((a, b) => a + b, 0)
  const second = tabulate(raw.length, (k) => (raw[k] ?? 0) / total)
  const isUntried = state.guard.lessons < (state.kind === 'point' ? UNTRIED : 1)
  const holdCell = state.kind === 'keyed' && !isUntried ? believedCell : clipCell
  return (cell) => {
    const asked = orderOf(cell)
    const believed = state.kind === 'keyed' ? withoutMajority(trust, cell) : trust
    const guard = guarded ? anchorOf(state.guard, believed, cell, asked) : null
    const held = guard === null ? cell : holdCell(cell, guard)
    const order = held === cell ? asked : orderOf(held)
    const first = answerFirst(held, order, oneOut)
    const past = state.kind === 'keyed' ? pastOf(state.correction, cell.key) : []
    const layers = tabulate(first.length, (k) => first[k]?.pool.value ?? 0)
    const inner = mix(second, layers)
    if (guard !== null && isUntried) {
      const alone =
        state.kind === 'point' ? answerByAnchor(cell, asked, guard, trust, oneOut) : answerByMiddle(held, order, oneOut)
      return { ...alone, inner, layers, guard, past }
    }
    const shares = mixEach(
      second,
      first.map(({ pool }) => pool.shares),
      cell,
    )
    const without = oneOut
      ? mixEach(
          second,
          first.map((layer) => layer.without),
          cell,
        )
      : []
    return { value: inner, inner, layers, guard, past, shares, without }
  }
}

function mix(second: readonly number[], values: readonly number[]): number {
  let sum = 0
  for (let k = 0; k < values.length; k += 1) sum += (second[k] ?? 0) * (values[k] ?? 0)
  return sum
}

/** The layers' lists mixed member by member. */
function mixEach(second: readonly number[], lists: readonly (readonly number[])[], { x }: Cell): readonly number[] {
  return tabulate(x.length, (j) => {
    let sum = 0
    for (let k = 0; k < lists.length; k += 1) sum += (second[k] ?? 0) * (lists[k]?.[j] ?? 0)
    return sum
  })
}

/** While nobody has a record, the anchor is the answer: who stands on it shares it. */
function answerByAnchor(
  cell: Cell,
  order: readonly number[],
  { anchor }: Anchor,
  trust: readonly number[],
  oneOut: boolean,
): Pick<CellAnswer, 'value' | 'shares' | 'without'> {
  const on = cell.x.map((x, j) => (cell.awake[j] === true && x === anchor ? 1 : 0))
  const count = on.reduce<number>((a, b) => a + b, 0)
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

/**
 * Before the first truth: the mean of the middle fifth. Copies do not carry it off as they do a median, and absurd values
 * do not reach it, even where a few more of them stand on one side.
 */
function answerByMiddle(
  cell: Cell,
  order: readonly number[],
  oneOut: boolean,
): Pick<CellAnswer, 'value' | 'shares' | 'without'> {
  return {
    ...trimmedPool(cell, order, TWO_FIFTHS),
    without: oneOut ? trimmedWithoutEach(cell, order, TWO_FIFTHS) : [],
  }
}
