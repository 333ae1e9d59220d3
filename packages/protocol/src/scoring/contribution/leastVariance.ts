import { sum } from '../../num/sum.ts'
import { solvePositive } from './solvePositive.ts'

const RIDGE = 0.02
const NEGATIVE = -1e-12
const LOWER = 1 - 1e-9

type Matrix = readonly (readonly number[])[]

/** C + 2 % of the mean variance on the diagonal. */
function withRidge(moments: Matrix): Matrix {
  const ridge = (RIDGE * sum(moments.map((row, i) => row[i] ?? 0))) / moments.length
  return moments.map((row, i) => row.map((value, j) => (i === j ? value + ridge : value)))
}

/** Weights of least variance over the members that are on, of any sign, others 0; null if there are none. */
function combine(matrix: Matrix, on: readonly boolean[]): readonly number[] | null {
  const members = on.flatMap((isOn, i) => (isOn ? [i] : []))
  const part = members.map((i) => members.map((j) => matrix[i]?.[j] ?? 0))
  const solved = solvePositive(
    part,
    members.map(() => 1),
  )
  if (solved === null) return null
  const total = sum(solved)
  const weights = on.map(() => 0)
  for (const [k, i] of members.entries()) weights[i] = (solved[k] ?? 0) / total
  return weights
}

/** Index of the smallest of those allowed, the first of equal ones; −1 if none is. */
function smallest(values: readonly number[], allowed: (i: number) => boolean): number {
  let found = -1
  for (const [i, value] of values.entries()) {
    if (allowed(i) && (found < 0 || value < (values[found] ?? 0))) found = i
  }
  return found
}

/** Negative weights cut, the rest to a sum of 1. */
function clipped(weights: readonly number[]): readonly number[] {
  const positive = weights.map((weight) => Math.max(0, weight))
  const total = sum(positive)
  return positive.map((weight) => weight / total)
}

/**
 * Least-variance combination: w ≥ 0, Σw = 1, least wᵀCw, where C is the second moments plus a ridge of 2 % of their mean
 * variance. Active set: the most negative weight is dropped until there is none, then whoever lowers the variance is let
 * back in; at most 3n rounds. Equal weights where C has no variance. SPEC VT-6
 */
export function leastVariance(moments: Matrix): readonly number[] {
  const n = moments.length
  const matrix = withRidge(moments)
  const on = moments.map(() => true)
  let weights: readonly number[] = on.map(() => 1 / n)
  for (let round = 0; round < 3 * n; round += 1) {
    const solved = combine(matrix, on)
    if (solved === null) return weights
    weights = solved
    const least = smallest(weights, () => true)
    if ((weights[least] ?? 0) < NEGATIVE) {
      on[least] = false
      continue
    }
    const slopes = matrix.map((row) => sum(row.map((value, j) => value * (solved[j] ?? 0))))
    const variance = sum(slopes.map((slope, i) => slope * (solved[i] ?? 0)))
    const next = smallest(slopes, (i) => on[i] === false)
    if (next < 0 || (slopes[next] ?? 0) >= variance * LOWER) return clipped(weights)
    on[next] = true
  }
  return clipped(weights)
}
