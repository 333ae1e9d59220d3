import { tabulate } from '../../../num/tabulate.ts'
import type { LearntCell } from '../cells/cell.ts'
import type { PointLoss } from '../cells/pointLoss.ts'

/** Mean over the cells of slope × (prediction − x) for each member, 0 where it sleeps: regrets of the gradient trick. */
export function regretsOf(
  loss: PointLoss,
  cells: readonly LearntCell[],
  predictionOf: (cell: LearntCell) => number,
): readonly number[] {
  const totals = tabulate(cells[0]?.x.length ?? 0, () => 0)
  for (const cell of cells) {
    const prediction = predictionOf(cell)
    const slope = loss.slope(prediction, cell.truth, cell.scale, cell.tau)
    for (let j = 0; j < totals.length; j += 1)
      if (cell.awake[j]) totals[j] = (totals[j] ?? 0) + slope * (prediction - (cell.x[j] ?? 0))
  }
  return tabulate(totals.length, (j) => (totals[j] ?? 0) / cells.length)
}
