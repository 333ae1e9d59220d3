import type { Panel } from '../panel.ts'

/** A column of the table by cases: the values of a case's outputs side by side, NaN where there is no row. */
export function packCases(
  column: Float64Array,
  { caseOf, outputOf, truth, outputs }: Pick<Panel, 'caseOf' | 'outputOf' | 'truth' | 'outputs'>,
): Float64Array {
  const width = outputs.length
  if (width === 1) return column
  const packed = new Float64Array(truth.length * width).fill(Number.NaN)
  for (const [row, value] of column.entries()) packed[(caseOf[row] ?? 0) * width + (outputOf[row] ?? 0)] = value
  return packed
}
