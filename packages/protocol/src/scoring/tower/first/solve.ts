/**
 * b with (M + diag(r))·b = v for a symmetric M without negative eigenvalues and ridges r ≥ 0, by Cholesky's
 * decomposition; null where the sum is not positive definite in doubles. Of M the lower triangle is read. O(n³).
 * `workspace` has room for n² numbers; what it held does not matter.
 *
 * PERF: column by column the sums do not wait for one another as they do row by row; each is summed in the same
 * order, so the bits are the same.
 */
export function solve(
  matrix: readonly (readonly number[])[],
  ridges: readonly number[],
  vector: readonly number[],
  // determinism-allow: a list of numbers, whose bytes nobody looks at
  workspace: Float64Array = new Float64Array(ridges.length * ridges.length),
): readonly number[] | null {
  return factor(matrix, ridges, workspace) ? substitute(workspace, vector, ridges.length) : null
}

/** L with L·Lᵀ = M + diag(r): column j of L from place j·n on. */
function factor(matrix: readonly (readonly number[])[], ridges: readonly number[], lower: Float64Array): boolean {
  const n = ridges.length
  for (let i = 0; i < n; i += 1) {
    const row = matrix[i] ?? []
    for (let j = 0; j < i; j += 1) lower[j * n + i] = row[j] ?? 0
    lower[i * n + i] = (row[i] ?? 0) + (ridges[i] ?? 0)
  }
  for (let j = 0; j < n; j += 1) {
    const own = j * n
    for (let k = 0; k < j; k += 1) {
      const other = k * n
      const factor = lower[other + j] ?? 0
      for (let i = j; i < n; i += 1) lower[own + i] = (lower[own + i] ?? 0) - (lower[other + i] ?? 0) * factor
    }
    const left = lower[own + j] ?? 0
    if (!(left > 0)) return false
    const root = Math.sqrt(left)
    lower[own + j] = root
    for (let i = j + 1; i < n; i += 1) lower[own + i] = (lower[own + i] ?? 0) / root
  }
  return true
}

/** b with L·Lᵀ·b = v; null where it is not finite. */
function substitute(lower: Float64Array, vector: readonly number[], n: number): readonly number[] | null {
  const solution = vector.slice()
  for (let k = 0; k < n; k += 1) {
    const own = k * n
    const known = (solution[k] ?? 0) / (lower[own + k] ?? 1)
    solution[k] = known
    for (let i = k + 1; i < n; i += 1) solution[i] = (solution[i] ?? 0) - (lower[own + i] ?? 0) * known
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    const own = i * n
    let rest = solution[i] ?? 0
    for (let k = i + 1; k < n; k += 1) rest -= (lower[own + k] ?? 0) * (solution[k] ?? 0)
    solution[i] = rest / (lower[own + i] ?? 1)
  }
  for (let i = 0; i < n; i += 1) if (!Number.isFinite(solution[i])) return null
  return solution
}
