import type { Values } from '../types.ts'
import { selectMedian } from './selectMedian.ts'

const CLIP = 8

/** One number for each epoch; NaN where there is none. PERF: with null in its place all takes four times as long. */
type Row = readonly number[]

/** Root of the mean square of the numbers at which `counts` is a number (or, for `gaps`, is none); 0 for none. */
function rootOf(row: Row, counts: Row, gaps: boolean): number {
  let total = 0
  let count = 0
  for (let t = 0; t < row.length; t += 1) {
    if (Number.isNaN(counts[t]) !== gaps) continue
    const value = row[t] ?? 0
    total += value * value
    count += 1
  }
  return Math.sqrt(count === 0 ? 0 : total / count)
}

/**
 * One member's row over all epochs. Where it was absent it is taken to have said what the others said, with errors of its
 * own size (root of the mean square): silence is no originality, and no smaller error either.
 */
function complete(row: Row, crowd: Row): Row {
  const own = rootOf(row, row, false)
  const others = rootOf(crowd, row, true)
  return row.map((value, t) => {
    if (!Number.isNaN(value)) return value
    return others > 0 ? (own * (crowd[t] ?? 0)) / others : own
  })
}

/** At each epoch the mean of the members that are there, summed in their order; 0 for nobody. */
function crowdOf(rows: readonly Row[], epochs: number): Row {
  const crowd: number[] = []
  for (let t = 0; t < epochs; t += 1) {
    let total = 0
    let count = 0
    for (const row of rows) {
      const value = row[t] ?? 0
      if (Number.isNaN(value)) continue
      total += value
      count += 1
    }
    crowd.push(count === 0 ? 0 : total / count)
  }
  return crowd
}

/** A member's residuals at one output over the bound, clipped to −1…1, the newest last of `epochs`. */
function scaledRow(residuals: readonly Values[], output: number, epochs: number, bound: number): Row {
  const row: number[] = []
  for (let t = residuals.length - epochs; t < residuals.length; t += 1) {
    const value = residuals[t]?.[output]
    if (value === undefined) row.push(Number.NaN)
    else row.push(bound > 0 ? Math.max(-1, Math.min(1, value / bound)) : 0)
  }
  return row
}

/**
 * Second moments of the members' residuals over the last epochs, in units of the squared clip bound: C_ij = Σ e_i·e_j / T,
 * each residual clipped at 8 × the median |residual| of all members and divided by it; for labels summed over the labels.
 * `residuals` by member, newest last, empty where it was absent or not yet admitted. SPEC VT-6
 */
export function residualMoments(residuals: readonly (readonly Values[])[]): readonly (readonly number[])[] {
  let epochs = 0
  let outputs = 0
  const sizes: number[] = []
  for (const list of residuals) {
    epochs = Math.max(epochs, list.length)
    for (const values of list) {
      outputs = Math.max(outputs, values.length)
      for (const value of values) sizes.push(Math.abs(value))
    }
  }
  const bound = CLIP * selectMedian(sizes)
  const moments = residuals.map(() => residuals.map(() => 0))
  for (let output = 0; output < outputs; output += 1) {
    const rows = residuals.map((list) => scaledRow(list, output, epochs, bound))
    const hasGaps = rows.some((row) => row.some((value) => Number.isNaN(value)))
    const crowd = hasGaps ? crowdOf(rows, epochs) : []
    addMoments(moments, hasGaps ? rows.map((row) => complete(row, crowd)) : rows)
  }
  return moments
}

/** Adds Σ e_i·e_j / T of every pair, summed in the order of the epochs. */
function addMoments(moments: number[][], rows: readonly Row[]): void {
  for (const [i, one] of rows.entries()) {
    for (let j = 0; j <= i; j += 1) {
      const other = rows[j] ?? one
      let total = 0
      for (let t = 0; t < one.length; t += 1) total += (one[t] ?? 0) * (other[t] ?? 0)
      const moment = (moments[i]?.[j] ?? 0) + total / one.length
      const upper = moments[j]
      const lower = moments[i]
      if (lower) lower[j] = moment
      if (upper) upper[i] = moment
    }
  }
}
