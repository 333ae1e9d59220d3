/**
 * b with (M + diag(r))·b = v for a symmetric M without negative eigenvalues and ridges r ≥ 0, by Cholesky's
 * decomposition; null where the sum is not positive definite in doubles. Of M the lower triangle is read. O(n³).
 */
export function solve(
  matrix: readonly (readonly number[])[],
  ridges: readonly number[],
  vector: readonly number[],
): readonly number[] | null {
  const lower = factor(matrix, ridges)
  return lower === null ? null : substitute(lower, vector)
}

/** L with L·Lᵀ = M + diag(r), row by row. */
function factor(
  matrix: readonly (readonly number[])[],
  ridges: readonly number[],
): readonly (readonly number[])[] | null {
  const lower: (readonly number[])[] = []
  for (let i = 0; i < ridges.length; i += 1) {
    const row = (matrix[i] ?? []).slice(0, i + 1)
    row[i] = (row[i] ?? 0) + (ridges[i] ?? 0)
    for (let j = 0; j < i; j += 1) {
      const other = lower[j] ?? []
      row[j] = rest(row, other, j) / (other[j] ?? 1)
    }
    const left = rest(row, row, i)
    if (!(left > 0)) return null
    row[i] = Math.sqrt(left)
    lower.push(row)
  }
  return lower
}

/** What is left of the row's number at `j` without the products of what stands before it. */
function rest(row: readonly number[], other: readonly number[], j: number): number {
  let left = row[j] ?? 0
  for (let k = 0; k < j; k += 1) left -= (row[k] ?? 0) * (other[k] ?? 0)
  return left
}

/** b with L·Lᵀ·b = v; null where it is not finite. */
function substitute(lower: readonly (readonly number[])[], vector: readonly number[]): readonly number[] | null {
  const n = lower.length
  const solution = vector.slice()
  for (let i = 0; i < n; i += 1) {
    const row = lower[i] ?? []
    let rest = solution[i] ?? 0
    for (let k = 0; k < i; k += 1) rest -= (row[k] ?? 0) * (solution[k] ?? 0)
    solution[i] = rest / (row[i] ?? 1)
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = solution[i] ?? 0
    for (let k = i + 1; k < n; k += 1) rest -= (lower[k]?.[i] ?? 0) * (solution[k] ?? 0)
    solution[i] = rest / (lower[i]?.[i] ?? 1)
  }
  return solution.every((one) => Number.isFinite(one)) ? solution : null
}
