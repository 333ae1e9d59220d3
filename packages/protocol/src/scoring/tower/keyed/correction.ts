import { tabulate } from '../../../num/tabulate.ts'
import type { Cell, LearntCell } from '../cells/cell.ts'
import { held } from '../cells/held.ts'
import { meanOf } from '../cells/meanOf.ts'
import { pick } from '../cells/pick.ts'
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
  const inputs = tabulate(EXTRA, () => 0)
  return {
    chosen: [],
    moments: FORGETTING.map(() => ({ matrix: inputs.map(() => inputs), vector: inputs })),
    coefficients: [...PAIRS, null].map(() => inputs),
    losses: tabulate(PAIRS.length + 1, () => 0),
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
  return {
    ...state,
    chosen,
    moments: state.moments.map(({ matrix, vector }) => ({
      matrix: old.map((row) => pick(matrix[row] ?? [], old)),
      vector: pick(vector, old),
    })),
    coefficients: state.coefficients.map((own) => pick(own, old)),
    powers: pick(state.powers, old),
  }
}

/** What past errors of the mean say of a key: their averages, and the unit of the constant. */
export function pastOf({ keys, errors, unit }: CorrectionState, key: string): readonly number[] {
  const known = errors[keys.indexOf(key)]
  return tabulate(EXTRA, (k) => (k < KEEPS.length ? (known?.[k] ?? 0) : unit))
}

function constantOf({ chosen }: CorrectionState, own: PerMember, past: readonly number[]): number {
  let sum = 0
  for (let k = 0; k < past.length; k += 1) sum += (own[chosen.length + k] ?? 0) * (past[k] ?? 0)
  return sum
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
  const { chosen } = state
  const { x, awake, count } = cell
  const mean = meanOf(cell)
  let value = mean + constantOf(state, own, past)
  let used = 0
  for (let k = 0; k < chosen.length; k += 1) {
    const j = chosen[k] ?? 0
    if (!awake[j]) continue
    value += (own[k] ?? 0) * ((x[j] ?? 0) - mean)
    used += own[k] ?? 0
  }
  const part = (1 - used) / count
  const shares = tabulate(awake.length, (j) => (awake[j] ? part : 0))
  for (let k = 0; k < chosen.length; k += 1) {
    const j = chosen[k] ?? 0
    if (awake[j]) shares[j] = (shares[j] ?? 0) + (own[k] ?? 0)
  }
  return { value: held(reachOf(cell)(value)), shares }
}

/** The same without each member in turn. */
export function correctedWithoutEach(state: CorrectionState, cell: Cell, past: readonly number[]): PerMember {
  const own = state.coefficients[state.best] ?? []
  const mean = meanOf(cell)
  const others = Math.max(1, cell.count - 1)
  const constant = constantOf(state, own, past)
  const reach = reachOf(cell)
  const { chosen } = state
  return tabulate(cell.x.length, (out) => {
    const rest = cell.awake[out] ? mean + (mean - (cell.x[out] ?? 0)) / others : mean
    let value = rest + constant
    for (let k = 0; k < chosen.length; k += 1) {
      const j = chosen[k] ?? 0
      if (j !== out && cell.awake[j]) value += (own[k] ?? 0) * ((cell.x[j] ?? 0) - rest)
    }
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
  const equations = cells.map((cell) => equationOf(state.chosen, cell))
  const losses = tabulate(
    state.losses.length,
    (pair) => 0.999 * (state.losses[pair] ?? 0) + lossOfPair(state, pair, loss, equations),
  )
  const fresh = momentsOf(equations, state.powers.length)
  const moments = state.moments.map(({ matrix, vector }, f) => ({
    matrix: matrix.map((row, i) => grown(row, FORGETTING[f] ?? 1, fresh.matrix[i] ?? [])),
    vector: grown(vector, FORGETTING[f] ?? 1, fresh.vector),
  }))
  const first = state.unit === 0 && state.powers.every((power) => power === 0)
  const powers = tabulate(
    state.powers.length,
    (i) => (first ? 1 : 0.99) * (state.powers[i] ?? 0) + (first ? 1 : 0.01) * (fresh.matrix[i]?.[i] ?? 0),
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

function equationOf(chosen: readonly number[], cell: LearntCell): Equation {
  const mean = meanOf(cell)
  const inputs = tabulate(chosen.length + cell.past.length, (k) => {
    const j = chosen[k]
    if (j === undefined) return cell.past[k - chosen.length] ?? 0
    return cell.awake[j] ? (cell.x[j] ?? 0) - mean : 0
  })
  return { cell, mean, inputs }
}

/** values × keep + added. PERF: a plain loop, for it runs over whole matrices. */
function grown(values: PerMember, keep: number, added: PerMember): PerMember {
  const next = values.slice()
  for (let j = 0; j < next.length; j += 1) next[j] = (next[j] ?? 0) * keep + (added[j] ?? 0)
  return next
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
): { readonly matrix: readonly PerMember[]; readonly vector: PerMember } {
  const vector = tabulate(n, () => 0)
  const matrix = vector.map(() => tabulate(n, () => 0))
  for (const { cell, mean, inputs } of equations) {
    const scaled = tabulate(inputs.length, (i) => (inputs[i] ?? 0) / cell.scale)
    const error = (cell.truth - mean) / cell.scale
    for (let i = 0; i < n; i += 1) {
      const row = matrix[i] ?? []
      const own = (scaled[i] ?? 0) / equations.length
      for (let j = 0; j < n; j += 1) row[j] = (row[j] ?? 0) + own * (scaled[j] ?? 0)
      vector[i] = (vector[i] ?? 0) + own * error
    }
  }
  return { matrix, vector }
}

function solvePairs(moments: CorrectionState['moments'], powers: PerMember, members: number): readonly PerMember[] {
  const none = tabulate(powers.length, () => 0)
  const most = powers.reduce((a, b) => Math.max(a, b), 0)
  if (most === 0) return [...PAIRS, null].map(() => none)
  const common = members > 0 ? powers.slice(0, members).reduce((a, b) => a + b, 0) / members : 0
  const sizes = tabulate(powers.length, (i) => (i < members ? common : (powers[i] ?? 0)) + 1e-12 * most)
  const root = Math.sqrt(powers.length)
  // determinism-allow: a list of numbers, whose bytes nobody looks at
  const workspace = new Float64Array(powers.length * powers.length)
  const solved = PAIRS.map(({ penalty, f }) => {
    const { matrix, vector } = moments[f] ?? { matrix: [], vector: [] }
    return (
      solve(
        matrix,
        tabulate(sizes.length, (i) => penalty * root * (sizes[i] ?? 0)),
        vector,
        workspace,
      ) ?? none
    )
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
      errors[place] = tabulate(KEEPS.length, (k) => (KEEPS[k] ?? 0) * (before[k] ?? 0) + (1 - (KEEPS[k] ?? 0)) * error)
    } else if (keys.length < KEYS) {
      places.set(cell.key, keys.length)
      keys.push(cell.key)
      errors.push(tabulate(KEEPS.length, (k) => error * (1 - (KEEPS[k] ?? 0) / 2)))
    }
  }
  const size = Math.sqrt(squares / equations.length)
  return { keys, errors, unit: state.unit === 0 ? size : 0.98 * state.unit + 0.02 * size }
}
