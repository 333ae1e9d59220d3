import type { Values } from '../types.ts'
import { selectMedian } from './selectMedian.ts'

const CLIP = 8

/**
 * One number for each epoch; NaN where there is none. PERF: with null in its place all takes four times as long, and
 * filling a copy a third of the time of pushing.
 */
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
  const completed = row.slice()
  for (let t = 0; t < row.length; t += 1) {
    if (Number.isNaN(row[t])) completed[t] = others > 0 ? (own * (crowd[t] ?? 0)) / others : own
  }
  return completed
}

/** At each epoch the mean of the members that are there, summed in their order; 0 for nobody. */
function crowdOf(rows: readonly Row[], blank: Row): Row {
  const crowd = blank.slice()
  for (let t = 0; t < blank.length; t += 1) {
    let total = 0
    let count = 0
    for (const row of rows) {
      const value = row[t] ?? 0
      if (Number.isNaN(value)) continue
      total += value
      count += 1
    }
    crowd[t] = count === 0 ? 0 : total / count
  }
  return crowd
}

/** A member's residuals at one output, the newest last of the epochs. */
function rowOf(residuals: readonly Values[], output: number, blank: Row): Row {
  const row = blank.slice()
  const missing = blank.length - residuals.length
  for (let t = 0; t < residuals.length; t += 1) {
    const values = residuals[t] ?? []
    if (output < values.length) row[missing + t] = values[output] ?? 0
  }
  return row
}

/** The row over the bound, clipped to −1…1. */
function scaled(row: Row, bound: number): Row {
  const short = row.slice()
  for (let t = 0; t < row.length; t += 1) {
    const value = row[t] ?? 0
    if (Number.isNaN(value)) continue
    const ratio = bound > 0 ? value / bound : 0
    short[t] = Math.max(-1, Math.min(1, ratio))
  }
  return short
}

/** Sizes of all numbers there are. */
function sizesOf(rows: readonly Row[]): number[] {
  const none: number[] = []
  const sizes = none.concat(...rows)
  let count = 0
  for (let at = 0; at < sizes.length; at += 1) {
    const value = sizes[at] ?? 0
    if (Number.isNaN(value)) continue
    sizes[count] = Math.abs(value)
    count += 1
  }
  sizes.length = count
  return sizes
}

/**
 * Second moments of the members' residuals over the last epochs, in units of the squared clip bound: C_ij = Σ e_i·e_j / T,
 * each residual clipped at 8 × the median |residual| of all members and divided by it; for labels summed over the labels.
 * `residuals` by member, newest last, empty where it was absent or not yet admitted. SPEC VT-6
 */
export function residualMoments(residuals: readonly (readonly Values[])[]): readonly (readonly number[])[] {
  let epochs = 0
  let outputs = 0
  for (const list of residuals) {
    epochs = Math.max(epochs, list.length)
    for (const values of list) outputs = Math.max(outputs, values.length)
  }
  const blank: number[] = []
  for (let t = 0; t < epochs; t += 1) blank.push(Number.NaN)
  const tables = Array.from({ length: outputs }, (_, output) => residuals.map((list) => rowOf(list, output, blank)))
  const sizes = sizesOf(tables.flat())
  const hasGaps = sizes.length < outputs * residuals.length * epochs
  const bound = CLIP * selectMedian(sizes)
  const moments = residuals.map(() => residuals.map(() => 0))
  for (const table of tables) {
    const rows = table.map((row) => scaled(row, bound))
    const crowd = hasGaps ? crowdOf(rows, blank) : blank
    addMoments(moments, hasGaps ? rows.map((row) => complete(row, crowd)) : rows)
  }
  return moments
}

/** Adds Σ e_i·e_j / T of every pair, summed in the order of the epochs. PERF: four sums at a time wait less for one another. */
function addMoments(moments: number[][], rows: readonly Row[]): void {
  for (const [i, one] of rows.entries()) {
    for (let j = 0; j <= i; j += 4) {
      const [a, b, c, d] = [rows[j] ?? one, rows[j + 1] ?? one, rows[j + 2] ?? one, rows[j + 3] ?? one]
      let [first, second, third, fourth] = [0, 0, 0, 0]
      for (let t = 0; t < one.length; t += 1) {
        const own = one[t] ?? 0
        first += own * (a[t] ?? 0)
        second += own * (b[t] ?? 0)
        third += own * (c[t] ?? 0)
        fourth += own * (d[t] ?? 0)
      }
      addMoment(moments, i, j, first / one.length)
      if (j + 1 <= i) addMoment(moments, i, j + 1, second / one.length)
      if (j + 2 <= i) addMoment(moments, i, j + 2, third / one.length)
      if (j + 3 <= i) addMoment(moments, i, j + 3, fourth / one.length)
    }
  }
}

function addMoment(moments: number[][], i: number, j: number, added: number): void {
  const lower = moments[i]
  const upper = moments[j]
  const moment = (lower?.[j] ?? 0) + added
  if (lower !== undefined) lower[j] = moment
  if (upper !== undefined) upper[i] = moment
}
