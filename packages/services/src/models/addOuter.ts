// Inner loops read typed arrays directly: `?? 0` is never taken and costs less than a shared accessor.

/** Adds weight · row · rowᵀ to a symmetric matrix in place. */
export function addOuter(matrix: readonly Float64Array[], row: Float64Array, weight: number): void {
  for (let i = 0; i < matrix.length; i++) {
    const line = matrix[i]
    if (line !== undefined) addScaled(line, row, weight * (row[i] ?? 0))
  }
}

/** Adds weight · row to a vector in place. */
export function addScaled(vector: Float64Array, row: Float64Array, weight: number): void {
  for (let j = 0; j < vector.length; j++) vector[j] = (vector[j] ?? 0) + weight * (row[j] ?? 0)
}

/** A square matrix with `value` on its diagonal. */
export function diagonal(size: number, value: number): Float64Array[] {
  return Array.from({ length: size }, (_, i) => {
    const line = new Float64Array(size)
    line[i] = value
    return line
  })
}

/** Inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
