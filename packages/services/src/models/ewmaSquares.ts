import { meanSquare } from './mean.ts'

const START = 20

/**
 * Exponentially weighted mean of squares after each value, `decay` being the weight of the past; starts from the mean
 * square of the first twenty.
 */
export function ewmaSquares(values: readonly number[], decay: number): number[] {
  let level = meanSquare(values.slice(0, START))
  return values.map((value) => {
    level = decay * level + (1 - decay) * value * value
    return level
  })
}
