import { tabulate } from '../../../num/tabulate.ts'
import type { LearntCell } from '../cells/cell.ts'
import type { PointLoss } from '../cells/pointLoss.ts'

/** Sum of regrets, sum of their squares and the largest square, for each member over the cells. */
export type RowRegrets = {
  readonly sums: readonly number[]
  readonly squares: readonly number[]
  readonly largest: number
}

/** Regrets of the gradient trick, where every cell is a lesson of its own. */
export function rowRegretsOf(
  loss: PointLoss,
  cells: readonly LearntCell[],
  predictionOf: (cell: LearntCell) => number,
): RowRegrets {
  const n = cells[0]?.x.length ?? 0
  const sums = tabulate(n, () => 0)
  const squares = tabulate(n, () => 0)
  let largest = 0
  for (const cell of cells) {
    const prediction = predictionOf(cell)
    const slope = loss.slope(prediction, cell.truth, cell.scale, cell.tau)
    for (let j = 0; j < sums.length; j += 1) {
      if (!cell.awake[j]) continue
      const regret = slope * (prediction - (cell.x[j] ?? 0))
      sums[j] = (sums[j] ?? 0) + regret
      squares[j] = (squares[j] ?? 0) + regret * regret
      largest = Math.max(largest, regret * regret)
    }
  }
  return { sums, squares, largest }
}
