import type { Cell, LearntCell } from '../cells/cell.ts'
import { held } from '../cells/held.ts'
import { meanOf } from '../cells/meanOf.ts'
import type { PointLoss } from '../cells/pointLoss.ts'
import { alignChosen, type Choice, rechooseAll } from '../first/chosen.ts'
import type { Pool } from '../first/pool.ts'
import { solve } from '../first/solve.ts'
import type { CorrectionState, PerMember } from '../towerTypes.ts'

const FORGETTING = [1, 0.99]
const PENALTIES = [0.3, 3, 30, 300]
const PAIRS = PENALTIES.flatMap((penalty) => FORGETTING.map((_, f) => ({ penalty, f })))
/** What an average of past errors keeps of itself: the last error, about three, about twenty. */
const KEEPS = [0, 0.7, 0.95]
/** Inputs beside the members: the averages, and the constant. */
const EXTRA = KEEPS.length + 1
/** How far beyond the members, in their ranges, past errors may carry the answer. */
const REACH = 4
/** Keys that past errors are kept for. */
const KEYS = 2048

/** Nothing known: the mean. */
export function newCorrection(): CorrectionState {
  const inputs = Array.from({ length: EXTRA }, () => 0)
  return {
    chosen: [],
    moments: FORGETTING.map(() => ({ matrix: inputs.map(() => inputs), vector: inputs })),
    coefficients: [...PAIRS, null].map(() => inputs),
    losses: [...PAIRS, null].map(() => 0),
    best: PAIRS.length,
    powers: inputs,
    unit: 0,
    keys: [],
    errors: [],
  }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignCorrection(state: CorrectionState, from: readonly number[]): CorrectionState {
  return choose(state, alignChosen(state.chosen, from))
}

/** The state after the heaviest members may have taken places. */
export function rechooseCorrection(state: CorrectionState, weights: PerMember): CorrectionState {
  const choice = rechooseAll(state.chosen, weights)
  return choice === null ? state : choose(state, choice)
}

/** The inputs beside the members stay. */
function choose(state: CorrectionState, { chosen, former }: Choice): CorrectionState {
  const old = [...former, ...Array.from({ length: EXTRA }, (_, k) => state.chosen.length + k)]
  const pick = (values: PerMember): PerMember => old.map((i) => values[i] ?? 0)
  return {
    ...state,
    chosen,
    moments: state.moments.map(({ matrix, vector }) => ({
      matrix: old.map((row) => pick(matrix[row] ?? [])),
      vector: pick(vector),
    })),
    coefficients: state.coefficients.map(pick),
    powers: pick(state.powers),
  }
}

/** What past errors of the mean say of a key: their averages, and the unit of the constant. */
export function pastOf({ keys, errors, unit }: CorrectionState, key: string): readonly number[] {
  return [...(errors[keys.indexOf(key)] ?? KEEPS.map(() => 0)), unit]
}

function constantOf({ chosen }: CorrectionState, own: PerMember, past: readonly number[]): number {
  return past.reduce((sum, one, k) => sum + (own[chosen.length + k] ?? 0) * one, 0)
}

/** Holds a value to the awake members' range and four ranges on both sides: where all agree, to what they say. */
function reachOf({ x, awake }: Cell): (value: number) => number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let j = 0; j < x.length; j += 1) {
    if (!awake[j]) continue
    low = Math.min(low, x[j] ?? 0)
    high = Math.max(high, x[j] ?? 0)
  }
  const reach = REACH * (high - low)
  return (value) => Math.max(low - reach, Math.min(high + reach, value))
}

/**
 * mean + Σ b·(x − mean) + Σ c·past with the leading coefficients, at most four of the members' ranges beyond them; what the past
 * adds has no share.
 */
export function correctedPool(state: CorrectionState, cell: Cell, past: readonly number[]): Pool {
  const own = state.coefficients[state.best] ?? []
  const mean = meanOf(cell)
  let value = mean + constantOf(state, own, past)
  let used = 0
  for (const [k, j] of state.chosen.entries()) {
    if (!cell.awake[j]) continue
    value += (own[k] ?? 0) * ((cell.x[j] ?? 0) - mean)
    used += own[k] ?? 0
  }
  const shares = cell.awake.map((is) => (is ? (1 - used) / cell.count : 0))
  for (const [k, j] of state.chosen.entries()) if (cell.awake[j]) shares[j] = (shares[j] ?? 0) + (own[k] ?? 0)
  return { value: held(reachOf(cell)(value)), shares }
}

/** The same without each member in turn. */
export function correctedWithoutEach(state: CorrectionState, cell: Cell, past: readonly number[]): PerMember {
  const own = state.coefficients[state.best] ?? []
  const mean = meanOf(cell)
  const others = Math.max(1, cell.count - 1)
  const constant = constantOf(state, own, past)
  const reach = reachOf(cell)
  return cell.x.map((x, out) => {
    const rest = cell.awake[out] ? mean + (mean - x) / others : mean
    let value = rest + constant
    for (const [k, j] of state.chosen.entries())
      if (j !== out && cell.awake[j]) value += (own[k] ?? 0) * ((cell.x[j] ?? 0) - rest)
    return held(reach(value))
  })
}

type Equation = { readonly cell: LearntCell; readonly mean: number; readonly inputs: readonly number[] }

/**
 * Normal equations of (truth − mean)/scale on the inputs/scale, forgotten by f; for each penalty λ the coefficients of
 * C + λ·√n·diag(mean squares, one for all members); the pair with the least loss, forgotten by 0.999, leads. Then the
 * mean's errors enter the averages of their keys.
 */
export function learnCorrection(
  state: CorrectionState,
  loss: PointLoss,
  cells: readonly LearntCell[],
): CorrectionState {
  const equations = cells.map((cell) => {
    const mean = meanOf(cell)
    const distances = state.chosen.map((j) => (cell.awake[j] ? (cell.x[j] ?? 0) - mean : 0))
    return { cell, mean, inputs: [...distances, ...cell.past] }
  })
  const losses = state.losses.map((before, pair) => 0.999 * before + lossOfPair(state, pair, loss, equations))
  const fresh = momentsOf(equations, state.powers.length)
  const moments = state.moments.map(({ matrix, vector }, f) => ({
    matrix: matrix.map((row, i) => row.map((one, j) => one * (FORGETTING[f] ?? 1) + (fresh.matrix[i]?.[j] ?? 0))),
    vector: vector.map((one, i) => one * (FORGETTING[f] ?? 1) + (fresh.vector[i] ?? 0)),
  }))
  const first = state.unit === 0 && state.powers.every((power) => power === 0)
  const powers = state.powers.map(
    (power, i) => (first ? 1 : 0.99) * power + (first ? 1 : 0.01) * (fresh.matrix[i]?.[i] ?? 0),
  )
  let best = 0
  for (const [pair, lost] of losses.entries()) if (lost < (losses[best] ?? 0)) best = pair
  return {
    chosen: state.chosen,
    moments,
    coefficients: solvePairs(moments, powers, state.chosen.length),
    losses,
    best,
    powers,
    ...remember(state, equations),
  }
}

function lossOfPair(state: CorrectionState, pair: number, loss: PointLoss, equations: readonly Equation[]): number {
  const own = state.coefficients[pair] ?? []
  let lost = 0
  for (const { cell, mean, inputs } of equations) {
    let value = mean
    for (let i = 0; i < inputs.length; i += 1) value += (inputs[i] ?? 0) * (own[i] ?? 0)
    lost += loss.value(held(value), cell.truth, cell.scale, cell.tau)
  }
  return lost / equations.length
}

function momentsOf(
  equations: readonly Equation[],
  n: number,
): { readonly matrix: number[][]; readonly vector: number[] } {
  const vector = Array.from({ length: n }, () => 0)
  const matrix = vector.map(() => [...vector])
  for (const { cell, mean, inputs } of equations) {
    const scaled = inputs.map((one) => one / cell.scale)
    const error = (cell.truth - mean) / cell.scale
    for (const [i, row] of matrix.entries()) {
      const own = (scaled[i] ?? 0) / equations.length
      for (let j = 0; j < n; j += 1) row[j] = (row[j] ?? 0) + own * (scaled[j] ?? 0)
      vector[i] = (vector[i] ?? 0) + own * error
    }
  }
  return { matrix, vector }
}

function solvePairs(moments: CorrectionState['moments'], powers: PerMember, members: number): readonly PerMember[] {
  const none = powers.map(() => 0)
  const most = powers.reduce((a, b) => Math.max(a, b), 0)
  if (most === 0) return [...PAIRS, null].map(() => none)
  const common = members > 0 ? powers.slice(0, members).reduce((a, b) => a + b, 0) / members : 0
  const sizes = powers.map((power, i) => (i < members ? common : power) + 1e-12 * most)
  const root = Math.sqrt(powers.length)
  const solved = PAIRS.map(({ penalty, f }) => {
    const { matrix, vector } = moments[f] ?? { matrix: [], vector: [] }
    const raised = matrix.map((row, i) => row.map((one, j) => (i === j ? one + penalty * root * (sizes[i] ?? 0) : one)))
    return solve(raised, 0, vector) ?? none
  })
  return [...solved, none]
}

/** The averages of the mean's errors by key, and the unit. */
function remember(
  state: CorrectionState,
  equations: readonly Equation[],
): Pick<CorrectionState, 'keys' | 'errors' | 'unit'> {
  const places = new Map(state.keys.map((key, i) => [key, i]))
  const keys = [...state.keys]
  const errors = [...state.errors]
  let squares = 0
  for (const { cell, mean } of equations) {
    const error = cell.truth - mean
    squares += error * error
    const place = places.get(cell.key)
    const before = place === undefined ? undefined : errors[place]
    if (place !== undefined && before !== undefined) {
      errors[place] = before.map((one, k) => (KEEPS[k] ?? 0) * one + (1 - (KEEPS[k] ?? 0)) * error)
    } else if (keys.length < KEYS) {
      places.set(cell.key, keys.length)
      keys.push(cell.key)
      errors.push(KEEPS.map((keep) => error * (1 - keep / 2)))
    }
  }
  const size = Math.sqrt(squares / equations.length)
  return { keys, errors, unit: state.unit === 0 ? size : 0.98 * state.unit + 0.02 * size }
}
