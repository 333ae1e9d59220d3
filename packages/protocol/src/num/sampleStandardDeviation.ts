import { sum } from './sum.ts'

/** √(Σ (x − mean)² / (n − 1)), summed in the order given; 0 for fewer than two. SPEC math 12.5 */
export function sampleStandardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = sum(values) / values.length
  const squares = sum(values.map((value) => (value - mean) * (value - mean)))
  return Math.sqrt(squares / (values.length - 1))
}
