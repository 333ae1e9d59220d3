import { exp } from '../../../num/exp.ts'
import type { Cell } from '../cells/cell.ts'
import { boaWeights } from '../first/boa.ts'
import { medianPool, medianWithoutEach } from '../first/median.ts'
import { mlPolyWeights } from '../first/mlPoly.ts'
import { orderOf } from '../first/order.ts'
import { type Pool, poolByWeights, poolWithoutEach } from '../first/pool.ts'
import type { LabelState, PerMember } from '../towerTypes.ts'
import { type LabelCell, normalized } from './labelCell.ts'
import { bayesWeights } from './labelLayers.ts'

/** What the layers say of one row; lists of layers hold a probability for each label. */
export type LabelPools = {
  readonly layers: readonly (readonly number[])[]
  /** Mean logarithm of each label's probability. */
  readonly logs: readonly number[]
  /** Shares of the members by layer. */
  readonly shares: readonly PerMember[]
  /** `layers` without each member in turn; empty unless asked for. */
  readonly without: readonly (readonly (readonly number[])[])[]
}

/** A pool for each label, and what each is without each member in turn where asked for. */
type Pooled = { readonly pools: readonly Pool[]; readonly without: readonly PerMember[] }

/** The first layer over one row. */
export function poolLabels(state: LabelState, { linear, logs }: LabelCell, oneOut: boolean): LabelPools {
  const equal = state.bayes.map(() => 1)
  const byWeights = (weights: PerMember, cells: readonly Cell[] = linear): Pooled => {
    const pools = cells.map((cell) => poolByWeights(weights, cell))
    return { pools, without: oneOut ? cells.map((cell, k) => poolWithoutEach(pools[k] ?? NO_POOL, cell)) : [] }
  }
  const geo = byWeights(equal, logs)
  const parts: readonly [Pooled, (values: readonly number[]) => readonly number[]][] = [
    [byWeights(equal), normalized],
    [geo, (z) => softmax(z, 1)],
    [geo, (z) => softmax(z, state.exponent)],
    [byWeights(bayesWeights(state.bayes)), normalized],
    [byWeights(boaWeights(state.boa)), normalized],
    [byWeights(mlPolyWeights(state.mlPoly)), normalized],
  ]
  const ours: typeof parts =
    state.recent === null
      ? []
      : [
          [byWeights(bayesWeights(state.recent)), normalized],
          [medianOf(logs, oneOut), (z) => softmax(z, 1)],
        ]
  const all = [...parts, ...ours]
  return {
    layers: all.map(([{ pools }, finish]) => finish(pools.map(({ value }) => value))),
    logs: geo.pools.map(({ value }) => value),
    shares: all.map(([pooled]) => sharesOf(pooled)),
    without: oneOut
      ? equal.map((_, j) => all.map(([{ without }, finish]) => finish(without.map((values) => values[j] ?? 0))))
      : [],
  }
}

const NO_POOL: Pool = { value: 0, shares: [] }

/** Shares of the members in a layer's answer: the mean over its labels. */
function sharesOf({ pools }: Pooled): PerMember {
  const first = pools[0]?.shares ?? []
  return first.map((_, j) => pools.reduce((sum, { shares }) => sum + (shares[j] ?? 0), 0) / pools.length)
}

/** For each label the median of the logarithms, each member's held around its own mean: who says 0 or 1 moves it by a rank. */
function medianOf(logs: readonly Cell[], oneOut: boolean): Pooled {
  const means = (logs[0]?.x ?? []).map((_, j) => logs.reduce((sum, { x }) => sum + (x[j] ?? 0), 0) / logs.length)
  const cells = logs.map((cell) => ({ ...cell, x: cell.x.map((z, j) => (cell.awake[j] ? z - (means[j] ?? 0) : 0)) }))
  const orders = cells.map(orderOf)
  return {
    pools: cells.map((cell, k) => medianPool(cell, orders[k] ?? [])),
    without: oneOut ? cells.map((cell, k) => medianWithoutEach(cell, orders[k] ?? [])) : [],
  }
}

/** Probabilities ∝ e^(a·z). */
function softmax(z: readonly number[], a: number): readonly number[] {
  const most = z.reduce((top, one) => Math.max(top, a * one), Number.NEGATIVE_INFINITY)
  const raw = z.map((one) => exp(a * one - most))
  const total = raw.reduce((sum, one) => sum + one, 0)
  return normalized(raw.map((one) => one / total))
}
