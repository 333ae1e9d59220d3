import type { Cell, LearntCell } from '../cells/cell.ts'
import { held } from '../cells/held.ts'
import { meanOf } from '../cells/meanOf.ts'
import type { PointLoss } from '../cells/pointLoss.ts'
import type { PerMember, RidgeState } from '../towerTypes.ts'
import { alignChosen, type Choice, rechoose } from './chosen.ts'
import type { Pool } from './pool.ts'
import { solve } from './solve.ts'

const FORGETTING = [1, 0.99]
const PENALTIES = [0.3, 3, 30, 300]
/** Penalty and forgetting of each pair; one more, the last, leaves the mean as it is. */
const PAIRS = PENALTIES.flatMap((penalty) => FORGETTING.map((_, f) => ({ penalty, f })))

/** Nothing known: the mean. */
export function newRidge(): RidgeState {
  return {
    chosen: [],
    moments: FORGETTING.map(() => ({ matrix: [], vector: [] })),
    coefficients: [...PAIRS, null].map(() => []),
    losses: [...PAIRS, null].map(() => 0),
    best: PAIRS.length,
    trace: 0,
  }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignRidge(state: RidgeState, from: readonly number[]): RidgeState {
  return choose(state, alignChosen(state.chosen, from))
}

/** The state after the heaviest member may have taken a place. */
export function rechooseRidge(state: RidgeState, weights: PerMember): RidgeState {
  const choice = rechoose(state.chosen, weights)
  return choice === null ? state : choose(state, choice)
}

function choose(state: RidgeState, { chosen, former }: Choice): RidgeState {
  const pick = (values: PerMember): PerMember => former.map((i) => values[i] ?? 0)
  return {
    ...state,
    chosen,
    moments: state.moments.map(({ matrix, vector }) => ({
      matrix: former.map((row) => pick(matrix[row] ?? [])),
      vector: pick(vector),
    })),
    coefficients: state.coefficients.map(pick),
  }
}

/** mean + Σ b·(x − mean) with the leading coefficients. */
export function ridgePool({ chosen, coefficients, best }: RidgeState, cell: Cell): Pool {
  const own = coefficients[best] ?? []
  const mean = meanOf(cell)
  let value = mean
  let used = 0
  for (const [k, j] of chosen.entries()) {
    if (!cell.awake[j]) continue
    value += (own[k] ?? 0) * ((cell.x[j] ?? 0) - mean)
    used += own[k] ?? 0
  }
  const shares = cell.awake.map((is) => (is ? (1 - used) / cell.count : 0))
  for (const [k, j] of chosen.entries()) if (cell.awake[j]) shares[j] = (shares[j] ?? 0) + (own[k] ?? 0)
  return { value: held(value), shares }
}

/** The same without each member in turn. */
export function ridgeWithoutEach({ chosen, coefficients, best }: RidgeState, cell: Cell): readonly number[] {
  const own = coefficients[best] ?? []
  const mean = meanOf(cell)
  const others = Math.max(1, cell.count - 1)
  return cell.x.map((x, out) => {
    const rest = cell.awake[out] ? mean + (mean - x) / others : mean
    let value = rest
    for (const [k, j] of chosen.entries())
      if (j !== out && cell.awake[j]) value += (own[k] ?? 0) * ((cell.x[j] ?? 0) - rest)
    return held(value)
  })
}

/**
 * Normal equations of (truth − mean)/scale on (x − mean)/scale, forgotten by f; for each penalty λ the coefficients of
 * C + λ·trace·√N; the pair with the least loss, forgotten by 0.999, leads.
 */
export function learnRidge(state: RidgeState, loss: PointLoss, cells: readonly LearntCell[]): RidgeState {
  const n = state.chosen.length
  const rows = cells.map((cell) => {
    const mean = meanOf(cell)
    const z = state.chosen.map((j) => (cell.awake[j] ? (cell.x[j] ?? 0) - mean : 0))
    return { cell, mean, z, scaled: z.map((one) => one / cell.scale), error: (cell.truth - mean) / cell.scale }
  })
  const losses = state.losses.map((before, pair) => {
    let lost = 0
    for (const { cell, mean, z } of rows) {
      let value = mean
      for (let k = 0; k < n; k += 1) value += (z[k] ?? 0) * (state.coefficients[pair]?.[k] ?? 0)
      lost += loss.value(held(value), cell.truth, cell.scale, cell.tau)
    }
    return 0.999 * before + lost / cells.length
  })
  const fresh = momentsOf(rows, n)
  const moments = state.moments.map(({ matrix, vector }, f) => ({
    matrix: matrix.map((row, i) => row.map((one, j) => one * (FORGETTING[f] ?? 1) + (fresh.matrix[i]?.[j] ?? 0))),
    vector: vector.map((one, i) => one * (FORGETTING[f] ?? 1) + (fresh.vector[i] ?? 0)),
  }))
  const power = fresh.matrix.reduce((total, row, i) => total + (row[i] ?? 0), 0) / n
  const trace = state.trace > 0 ? 0.99 * state.trace + 0.01 * power : power + 1e-12
  const none = state.chosen.map(() => 0)
  const coefficients = PAIRS.map(({ penalty, f }) => {
    const { matrix, vector } = moments[f] ?? { matrix: [], vector: [] }
    const ridge = penalty * trace * Math.sqrt(n)
    return (
      solve(
        matrix,
        vector.map(() => ridge),
        vector,
      ) ?? none
    )
  })
  let best = 0
  for (const [pair, lost] of losses.entries()) if (lost < (losses[best] ?? 0)) best = pair
  return { chosen: state.chosen, moments, coefficients: [...coefficients, none], losses, best, trace }
}

function momentsOf(
  rows: readonly { readonly scaled: readonly number[]; readonly error: number }[],
  n: number,
): { readonly matrix: number[][]; readonly vector: number[] } {
  const zero = Array.from({ length: n }, () => 0)
  const matrix = zero.map(() => [...zero])
  const vector = [...zero]
  for (const { scaled, error } of rows)
    for (const [i, row] of matrix.entries()) {
      const own = scaled[i] ?? 0
      for (let j = 0; j < n; j += 1) row[j] = (row[j] ?? 0) + (own * (scaled[j] ?? 0)) / rows.length
      vector[i] = (vector[i] ?? 0) + (own * error) / rows.length
    }
  return { matrix, vector }
}
