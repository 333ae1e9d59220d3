import { at } from './at.ts'
import type { Design } from './buildDesign.ts'

/** The days that followed the `count` past days most like today, nearest first; ties go to the older day. */
export function nearestTargets(design: Design, count: number): number[] {
  const distances = Float64Array.from(design.rows, (row) => squaredDistance(row, design.today))
  return Array.from(design.targets.keys())
    .sort((a, b) => at(distances, a) - at(distances, b) || a - b)
    .slice(0, count)
    .map((index) => at(design.targets, index))
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    sum += difference * difference
  }
  return sum
}
