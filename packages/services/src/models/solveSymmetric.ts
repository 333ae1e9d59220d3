import { Matrix, solve } from 'ml-matrix'

/** Solution x of A x = b for a small square matrix. */
export function solveSymmetric(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const a = new Matrix(matrix.map((row) => Array.from(row)))
  return Float64Array.from(solve(a, Matrix.columnVector(Array.from(right))).to1DArray())
}
