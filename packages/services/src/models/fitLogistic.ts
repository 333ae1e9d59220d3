import { exp } from '@starling/protocol/num/exp'
import { addOuter, addScaled, diagonal, dot } from './addOuter.ts'
import { at } from './at.ts'
import type { Design } from './buildDesign.ts'
import { solveSymmetric } from './solveSymmetric.ts'

const STEPS = 6
const PENALTY = 2
const LARGEST_SCORE = 8

/** Probability of the event today by penalised logistic regression: a fixed number of Newton steps. */
export function fitLogistic(design: Design, happened: readonly boolean[]): number {
  const rows = design.rows.map((row) => Float64Array.of(1, ...row))
  let slope: Float64Array = new Float64Array(design.today.length + 1)
  for (let step = 0; step < STEPS; step++) slope = newtonStep(rows, happened, slope)
  return logistic(dot(slope, Float64Array.of(1, ...design.today)))
}

function newtonStep(rows: readonly Float64Array[], happened: readonly boolean[], slope: Float64Array): Float64Array {
  const curvature = diagonal(slope.length, PENALTY)
  const gradient = Float64Array.from(slope, (value) => -PENALTY * value)
  rows.forEach((row, i) => {
    const p = logistic(dot(slope, row))
    addOuter(curvature, row, p * (1 - p))
    addScaled(gradient, row, Number(happened[i] === true) - p)
  })
  const step = solveSymmetric(curvature, gradient)
  return slope.map((value, j) => value + at(step, j))
}

function logistic(score: number): number {
  return 1 / (1 + exp(-Math.min(LARGEST_SCORE, Math.max(-LARGEST_SCORE, score))))
}
