/**
 * b with (M + δ·I)·b = v for a symmetric M without negative eigenvalues, by Cholesky's decomposition; null where the
 * sum is not positive definite in doubles. O(n³).
 */
export function solve(
  matrix: readonly (readonly number[])[],
  ridge: number,
  vector: readonly number[],
): readonly number[] | null {
  const n = vector.length
  const lower: number[][] = []
  const half: number[] = []
  for (let i = 0; i < n; i += 1) {
    const row: number[] = []
    const source = matrix[i] ?? []
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? row : (lower[j] ?? [])
      let left = (source[j] ?? 0) + (j === i ? ridge : 0)
      for (let k = 0; k < j; k += 1) left -= (row[k] ?? 0) * (other[k] ?? 0)
      if (j < i) row.push(left / (other[j] ?? 1))
      else if (left > 0) row.push(Math.sqrt(left))
      else return null
    }
    let rest = vector[i] ?? 0
    for (let k = 0; k < i; k += 1) rest -= (row[k] ?? 0) * (half[k] ?? 0)
    half.push(rest / (row[i] ?? 1))
    lower.push(row)
  }
  const solution = half.map(() => 0)
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = half[i] ?? 0
    for (let k = i + 1; k < n; k += 1) rest -= (lower[k]?.[i] ?? 0) * (solution[k] ?? 0)
    solution[i] = rest / (lower[i]?.[i] ?? 1)
  }
  return solution.every((one) => Number.isFinite(one)) ? solution : null
}
