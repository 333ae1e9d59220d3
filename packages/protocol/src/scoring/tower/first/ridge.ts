import type { Cell, LearntCell } from '../cells/cell.ts'
import { held } from '../cells/held.ts'
import type { PointLoss } from '../cells/pointLoss.ts'
import type { PerMember, RidgeState } from '../towerTypes.ts'
import type { Pool } from './pool.ts'
import { solve } from './solve.ts'

/** Members that the quadratic part runs over. SPEC VT-10 */
const MOST = 16
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

/** The state over another list of members: those chosen before stay, free places go to the first of the others. */
export function alignRidge(state: RidgeState, from: readonly number[]): RidgeState {
  const place = new Map(state.chosen.map((member, k) => [member, k]))
  const chosen = from.map((_, j) => j).filter((j) => place.has(from[j] ?? -1))
  for (let j = 0; j < from.length && chosen.length < MOST; j += 1) if (!place.has(from[j] ?? -1)) chosen.push(j)
  chosen.sort((a, b) => a - b)
  return choose(
    state,
    chosen,
    chosen.map((j) => place.get(from[j] ?? -1) ?? -1),
  )
}

/** The state over another choice; `old` names the former place of each, or −1. */
function choose(state: RidgeState, chosen: readonly number[], old: readonly number[]): RidgeState {
  return {
    ...state,
    chosen,
    moments: state.moments.map(({ matrix, vector }) => ({
      matrix: old.map((row) => old.map((column) => matrix[row]?.[column] ?? 0)),
      vector: old.map((row) => vector[row] ?? 0),
    })),
    coefficients: state.coefficients.map((own) => old.map((row) => own[row] ?? 0)),
  }
}

/** The lightest chosen member makes room for the heaviest other one where that weighs more than twice as much. */
export function rechooseRidge(state: RidgeState, weights: PerMember): RidgeState {
  if (weights.length <= MOST) return state
  const taken = new Set(state.chosen)
  const weigh = (j: number): number => weights[j] ?? 0
  const lightest = state.chosen.reduce((a, b) => (weigh(b) < weigh(a) ? b : a))
  let heaviest = -1
  for (let j = 0; j < weights.length; j += 1)
    if (!taken.has(j) && (heaviest < 0 || weigh(j) > weigh(heaviest))) heaviest = j
  if (!(weigh(heaviest) > 2 * weigh(lightest))) return state
  const chosen = state.chosen.map((j) => (j === lightest ? heaviest : j)).sort((a, b) => a - b)
  return choose(
    state,
    chosen,
    chosen.map((j) => state.chosen.indexOf(j)),
  )
}

function meanOf({ x, awake, count }: Cell): number {
  let total = 0
  for (let j = 0; j < x.length; j += 1) if (awake[j]) total += x[j] ?? 0
  return total / count
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
    return solve(matrix, penalty * trace * Math.sqrt(n), vector) ?? none
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
