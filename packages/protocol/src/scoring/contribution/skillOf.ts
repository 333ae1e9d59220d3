import { attendanceOf } from './attendanceOf.ts'
import type { Entry } from './contributionTypes.ts'

/** Fewer settled differences than this show no skill. SPEC VT-6 */
export const FEWEST_DIFFERENCES = 20

/**
 * max(0, mean − one standard error) of the differences, with standard error √(Σ (d − mean)² / n) / √n; 0 where fewer than
 * 20 of them are of epochs in which the worker took part. SPEC VT-6
 */
export function skillOf(differences: readonly number[], entries: readonly Entry[]): number {
  const n = differences.length
  if (attendanceOf(entries).present < FEWEST_DIFFERENCES) return 0
  let total = 0
  for (let i = 0; i < n; i += 1) total += differences[i] ?? 0
  const mean = total / n
  let squares = 0
  for (let i = 0; i < n; i += 1) {
    const distance = (differences[i] ?? 0) - mean
    squares += distance * distance
  }
  return Math.max(0, mean - Math.sqrt(squares / n) / Math.sqrt(n))
}
