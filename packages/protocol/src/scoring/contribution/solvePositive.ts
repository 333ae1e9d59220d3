/** Lower triangle of A = L·Lᵀ, row by row; null where A is not positive definite in doubles. */
function factor(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | null {
  const rows: number[][] = []
  for (const [i, given] of matrix.entries()) {
    const row: number[] = []
    for (let j = 0; j <= i; j += 1) {
      let left = given[j] ?? 0
      const other = j === i ? row : (rows[j] ?? [])
      for (let k = 0; k < j; k += 1) left -= (row[k] ?? 0) * (other[k] ?? 0)
      if (j < i) row.push(left / (other[j] ?? 1))
      else if (left > 0) row.push(Math.sqrt(left))
      else return null
    }
    rows.push(row)
  }
  return rows
}

/** Solves A·x = b for a symmetric positive definite A by Cholesky's factors; null where A is not positive definite. */
export function solvePositive(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] | null {
  const lower = factor(matrix)
  if (lower === null) return null
  const x: number[] = []
  for (const [i, row] of lower.entries()) {
    let left = right[i] ?? 0
    for (let k = 0; k < i; k += 1) left -= (row[k] ?? 0) * (x[k] ?? 0)
    x.push(left / (row[i] ?? 1))
  }
  for (let i = x.length - 1; i >= 0; i -= 1) {
    let left = x[i] ?? 0
    for (let k = i + 1; k < x.length; k += 1) left -= (lower[k]?.[i] ?? 0) * (x[k] ?? 0)
    x[i] = left / (lower[i]?.[i] ?? 1)
  }
  return x
}
