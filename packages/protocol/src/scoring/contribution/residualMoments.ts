import { sum } from '../../num/sum.ts'
import type { Values } from '../types.ts'
import { selectMedian } from './selectMedian.ts'

const CLIP = 8

const meanOf = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length)

/** Root of the mean square. */
const rootOf = (values: readonly number[]): number => Math.sqrt(meanOf(values.map((value) => value * value)))

/**
 * One member's row over all epochs. Where it was absent it is taken to have said what the others said, with errors of its
 * own size (root of the mean square): silence is no originality, and no smaller error either.
 */
function complete(row: readonly (number | null)[], crowd: readonly number[]): readonly number[] {
  const own = rootOf(row.filter((value) => value !== null))
  const others = rootOf(crowd.filter((_, t) => row[t] === null))
  return row.map((value, t) => value ?? (others > 0 ? (own * (crowd[t] ?? 0)) / others : own))
}

/**
 * Second moments of the members' residuals over the last epochs, in units of the squared clip bound: C_ij = Σ e_i·e_j / T,
 * each residual clipped at 8 × the median |residual| of all members and divided by it; for labels summed over the labels.
 * `residuals` by member, newest last, empty where it was absent or not yet admitted. SPEC VT-6
 */
export function residualMoments(residuals: readonly (readonly Values[])[]): readonly (readonly number[])[] {
  const epochs = residuals.reduce((most, list) => Math.max(most, list.length), 0)
  const outputs = residuals.reduce((most, list) => list.reduce((m, one) => Math.max(m, one.length), most), 0)
  const sizes = residuals.flatMap((list) => list.flatMap((one) => one.map((value) => Math.abs(value))))
  const bound = CLIP * selectMedian(sizes)
  const scaled = (value: number | undefined): number | null => {
    if (value === undefined) return null
    return bound > 0 ? Math.max(-1, Math.min(1, value / bound)) : 0
  }
  const moments = residuals.map(() => residuals.map(() => 0))
  for (let output = 0; output < outputs; output += 1) {
    const rows = residuals.map((list) =>
      Array.from({ length: epochs }, (_, t) => scaled(list[t - epochs + list.length]?.[output])),
    )
    addMoments(moments, completeRows(rows))
  }
  return moments
}

/** All rows without gaps. */
function completeRows(rows: readonly (readonly (number | null)[])[]): readonly (readonly number[])[] {
  if (!rows.some((row) => row.includes(null))) return rows.map((row) => row.map((value) => value ?? 0))
  const crowd = (rows[0] ?? []).map((_, t) => meanOf(rows.flatMap((row) => row[t] ?? [])))
  return rows.map((row) => complete(row, crowd))
}

/** Adds Σ e_i·e_j / T of every pair, summed in the order of the epochs. */
function addMoments(moments: number[][], rows: readonly (readonly number[])[]): void {
  for (const [i, one] of rows.entries()) {
    for (let j = 0; j <= i; j += 1) {
      const other = rows[j] ?? []
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
