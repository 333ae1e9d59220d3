import { sum } from '../../num/sum.ts'
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
  const mean = sum(differences) / n
  const variance = sum(differences.map((d) => (d - mean) * (d - mean))) / n
  return Math.max(0, mean - Math.sqrt(variance) / Math.sqrt(n))
}
