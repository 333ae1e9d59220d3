import { sum } from '../../num/sum.ts'

/**
 * The spread that intervals around a number start from: that of the contributors, and where it is 0 the mean distance of
 * all predictions from the answer. An answer is not sure for having been taken from one model, or from two that weigh
 * the same. SPEC VT-7
 */
export function intervalSpread(answer: number, predictions: readonly number[], spread: number): number {
  if (spread > 0 || predictions.length === 0) return spread
  return sum(predictions.map((prediction) => Math.abs(prediction - answer))) / predictions.length
}
