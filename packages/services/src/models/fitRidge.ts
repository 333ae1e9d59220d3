import { addOuter, addScaled, diagonal, dot } from './addOuter.ts'
import { at } from './at.ts'
import type { Design } from './buildDesign.ts'
import { mean } from './mean.ts'
import { solveSymmetric } from './solveSymmetric.ts'

/** A linear model's word on today, and the mean square of its residuals. */
export type RidgeFit = { readonly today: number; readonly residualVariance: number }

/** Least squares with the penalty λ·|β|² (the intercept is free), evaluated today. */
export function fitRidge(design: Design, outcomes: readonly number[], lambda: number): RidgeFit {
  const centre = mean(outcomes)
  const size = design.today.length
  const normal = diagonal(size, lambda)
  const right = new Float64Array(size)
  design.rows.forEach((row, i) => {
    addOuter(normal, row, 1)
    addScaled(right, row, at(outcomes, i) - centre)
  })
  const slope = solveSymmetric(normal, right)
  const residuals = design.rows.map((row, i) => {
    const residual = at(outcomes, i) - centre - dot(slope, row)
    return residual * residual
  })
  return { today: centre + dot(slope, design.today), residualVariance: mean(residuals) }
}
